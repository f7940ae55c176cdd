//! Reads JSON of any size one value at a time: one value per line, or a document that spans lines.

use std::io::{self, BufRead, Read};

use serde_json::{Value, error::Category};

/// Maximum length in bytes of a line, and of a document that is not written one value per line.
pub const LONGEST: u64 = 64 * 1024 * 1024;

/// A value, and the line on which it begins.
#[derive(Debug, PartialEq)]
pub struct LocatedValue {
    pub line: u64,
    /// The parsed value, or the parse error.
    pub value: Result<Value, String>,
}

/// Reads one value after the other. Reports invalid input and continues with the next line.
pub struct Reader<R> {
    from: R,
    line: u64,
    bytes: u64,
    is_over: bool,
    rest: Option<Rest>,
}

/// The unread rest of a document that spans lines. Its values are not all parsed at once, because they take
/// many times the memory of the text.
struct Rest {
    text: Vec<u8>,
    from: usize,
    line: u64,
}

impl<R: BufRead> Reader<R> {
    pub fn new(from: R) -> Self {
        Self { from, line: 0, bytes: 0, is_over: false, rest: None }
    }

    /// Bytes read so far.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next value; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the file cannot be read.
    pub fn read(&mut self) -> io::Result<Option<LocatedValue>> {
        loop {
            if let Some(found) = self.rest.as_mut().and_then(Rest::next) {
                return Ok(Some(found));
            }
            self.rest = None;
            if self.is_over {
                return Ok(None);
            }
            let mut text = Vec::new();
            if !self.read_line(&mut text)? {
                return Ok(None);
            }
            let line = self.line;
            let trimmed = text.trim_ascii();
            // Some editors start a file with a byte order mark.
            let trimmed = trimmed.strip_prefix(b"\xef\xbb\xbf").unwrap_or(trimmed);
            if trimmed.is_empty() {
                continue;
            }
            if text.len() as u64 > LONGEST {
                return Ok(Some(LocatedValue { line, value: Err(too_long()) }));
            }
            match serde_json::from_slice(trimmed) {
                Ok(value) => return Ok(Some(LocatedValue { line, value: Ok(value) })),
                // The rest of the document is on the following lines.
                Err(error) if error.classify() == Category::Eof && opens(trimmed) => {
                    if !self.document(text)? {
                        return Ok(Some(LocatedValue { line, value: Err(too_long()) }));
                    }
                }
                Err(error) => {
                    let text = format!("not JSON: {error}: write one complete value per line");
                    return Ok(Some(LocatedValue { line, value: Err(text) }));
                }
            }
        }
    }

    /// Reads a line; of a too long line only its start. Returns `false` at the end.
    fn read_line(&mut self, text: &mut Vec<u8>) -> io::Result<bool> {
        let mut read = (&mut self.from).take(LONGEST + 1).read_until(b'\n', text)? as u64;
        if read == 0 {
            self.is_over = true;
            return Ok(false);
        }
        if read > LONGEST && !text.ends_with(b"\n") {
            // Skip the rest in pieces, so that no line takes more memory than the limit.
            loop {
                let mut rest = Vec::new();
                let more = (&mut self.from).take(1 << 20).read_until(b'\n', &mut rest)? as u64;
                read += more;
                if more == 0 || rest.ends_with(b"\n") {
                    break;
                }
            }
        }
        self.line += 1;
        self.bytes += read;
        Ok(true)
    }

    /// Reads a document that spans lines. Returns `false` if it is too long.
    fn document(&mut self, mut text: Vec<u8>) -> io::Result<bool> {
        let room = LONGEST.saturating_sub(text.len() as u64);
        self.bytes += (&mut self.from).take(room + 1).read_to_end(&mut text)? as u64;
        self.is_over = true;
        let is_short = text.len() as u64 <= LONGEST;
        // Some editors start a file with a byte order mark.
        let from = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        self.rest = is_short.then_some(Rest { text, from, line: self.line });
        Ok(is_short)
    }
}

impl Rest {
    fn next(&mut self) -> Option<LocatedValue> {
        let blank = self.text[self.from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.skip(blank);
        let mut values = serde_json::Deserializer::from_slice(&self.text[self.from..]).into_iter();
        let (value, line) = (values.next()?, self.line);
        let end = values.byte_offset();
        let value = value.map_err(|error: serde_json::Error| {
            format!("not JSON: {error}, counted from line {line}: the rest of the file is skipped")
        });
        self.skip(if value.is_ok() { end } else { self.text.len() - self.from });
        Some(LocatedValue { line, value })
    }

    fn skip(&mut self, bytes: usize) {
        let passed = &self.text[self.from..self.from + bytes];
        self.line += passed.split(|byte| *byte == b'\n').count() as u64 - 1;
        self.from += bytes;
    }
}

/// Whether an incomplete line continues on the next one, in the way JSON formatters break lines.
fn opens(line: &[u8]) -> bool {
    matches!(line.last(), Some(b'{' | b'[' | b',' | b':'))
}

fn too_long() -> String {
    format!(
        "longer than {} MiB: write one record per line, for example with `jq -c '.[]'`",
        LONGEST / 1024 / 1024
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Vec<(u64, Option<Value>)> {
        let mut reader = Reader::new(text.as_bytes());
        let mut found = Vec::new();
        while let Some(LocatedValue { line, value }) = reader.read().unwrap() {
            found.push((line, value.ok()));
        }
        assert_eq!(reader.bytes(), text.len() as u64);
        found
    }

    #[test]
    fn values_are_read_from_one_line_or_many() {
        assert_eq!(
            read("{\"a\":1}\n\n[2]\n3"),
            [(1, Some(json!({"a": 1}))), (3, Some(json!([2]))), (4, Some(json!(3)))]
        );
        assert_eq!(
            read("\u{feff}\n{\n \"a\": 1\n}\n\n[\n2\n]\n"),
            [(2, Some(json!({"a": 1}))), (6, Some(json!([2])))]
        );
        assert_eq!(read(""), []);
    }

    #[test]
    fn an_invalid_line_is_reported_and_the_next_one_is_read() {
        assert_eq!(read("{\"a\":1}\n{\"a\":\n{\"b\" 2}\n{\"c\":3}\n").len(), 2);
        assert_eq!(
            read("{\"a\":1}\n{\"a\":1\n{\"b\" 2}\n{\"c\":3}\n"),
            [(1, Some(json!({"a": 1}))), (2, None), (3, None), (4, Some(json!({"c": 3})))]
        );
    }
}

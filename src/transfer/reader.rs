//! Reading JSON of any size a value at a time: one a line, or a document that goes over many lines.

use std::io::{self, BufRead, Read};

use serde_json::{Value, error::Category};

/// The longest line, and the longest document that is not written one value a line, in bytes.
pub const LONGEST: u64 = 64 * 1024 * 1024;

/// A value, and the line that it begins on.
#[derive(Debug, PartialEq)]
pub struct LocatedValue {
    pub line: u64,
    /// Or why it is none.
    pub value: Result<Value, String>,
}

/// Reads one value after the other. What is broken is told, and reading goes on with the next line.
pub struct Reader<R> {
    from: R,
    line: u64,
    bytes: u64,
    is_over: bool,
    rest: Option<Rest>,
}

/// What is still to be read of a document of many lines. Its values are not kept beside its text: they take many times more
/// memory.
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
    /// When the file cannot be read.
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
            // What editors of another system put before a file.
            let trimmed = trimmed.strip_prefix(b"\xef\xbb\xbf").unwrap_or(trimmed);
            if trimmed.is_empty() {
                continue;
            }
            if text.len() as u64 > LONGEST {
                return Ok(Some(LocatedValue { line, value: Err(too_long()) }));
            }
            match serde_json::from_slice(trimmed) {
                Ok(value) => return Ok(Some(LocatedValue { line, value: Ok(value) })),
                // The rest of the document stands on the lines below.
                Err(error) if error.classify() == Category::Eof && opens(trimmed) => {
                    if !self.document(text)? {
                        return Ok(Some(LocatedValue { line, value: Err(too_long()) }));
                    }
                }
                Err(error) => {
                    let text = format!("not JSON: {error}: write one whole value a line");
                    return Ok(Some(LocatedValue { line, value: Err(text) }));
                }
            }
        }
    }

    /// Reads a line, and of one that is too long the beginning. `false` at the end.
    fn read_line(&mut self, text: &mut Vec<u8>) -> io::Result<bool> {
        let mut read = (&mut self.from).take(LONGEST + 1).read_until(b'\n', text)? as u64;
        if read == 0 {
            self.is_over = true;
            return Ok(false);
        }
        if read > LONGEST && !text.ends_with(b"\n") {
            // What follows is skipped in pieces, so that no line takes more memory than this.
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

    /// Reads a document that begins here and goes over many lines. `false`: it is too long.
    fn document(&mut self, mut text: Vec<u8>) -> io::Result<bool> {
        let room = LONGEST.saturating_sub(text.len() as u64);
        self.bytes += (&mut self.from).take(room + 1).read_to_end(&mut text)? as u64;
        self.is_over = true;
        let is_short = text.len() as u64 <= LONGEST;
        // What editors of another system put before a file.
        let from = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        self.rest = is_short.then_some(Rest { text, from, line: self.line });
        Ok(is_short)
    }
}

impl Rest {
    fn next(&mut self) -> Option<LocatedValue> {
        let blank = self.text[self.from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.pass(blank);
        let mut values = serde_json::Deserializer::from_slice(&self.text[self.from..]).into_iter();
        let (value, line) = (values.next()?, self.line);
        let end = values.byte_offset();
        let value = value.map_err(|error: serde_json::Error| {
            format!("not JSON: {error}, counted from line {line}: nothing is read from here to the end of the file")
        });
        self.pass(if value.is_ok() { end } else { self.text.len() - self.from });
        Some(LocatedValue { line, value })
    }

    fn pass(&mut self, bytes: usize) {
        let passed = &self.text[self.from..self.from + bytes];
        self.line += passed.split(|byte| *byte == b'\n').count() as u64 - 1;
        self.from += bytes;
    }
}

/// Whether a line that is no whole value is meant to go on below, as printers of JSON break them.
fn opens(line: &[u8]) -> bool {
    matches!(line.last(), Some(b'{' | b'[' | b',' | b':'))
}

fn too_long() -> String {
    format!(
        "longer than {} MiB: write one record a line, for example with `jq -c '.[]'`",
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
    fn values_stand_one_a_line_or_over_many_lines() {
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
    fn a_broken_line_is_told_and_the_next_one_read() {
        assert_eq!(read("{\"a\":1}\n{\"a\":\n{\"b\" 2}\n{\"c\":3}\n").len(), 2);
        assert_eq!(
            read("{\"a\":1}\n{\"a\":1\n{\"b\" 2}\n{\"c\":3}\n"),
            [(1, Some(json!({"a": 1}))), (2, None), (3, None), (4, Some(json!({"c": 3})))]
        );
    }
}

use crate::{GuardError, LimitKind, Limits, error::over};

/// The first stage: one pass over the bytes of a document, before any recursion.
///
/// Counts tokens, nested open brackets and directives, outside of strings and comments. It must be exact
/// about where strings end, but not about grammar: invalid GraphQL is left to the parser.
///
/// # Errors
///
/// [`GuardError::Limit`] for the first exceeded limit, [`GuardError::Invalid`] for an unclosed block string:
/// the parser would read its first two quotes as an empty string and continue with the text that this scan
/// skipped.
pub fn scan(document: &str, limits: &Limits) -> Result<(), GuardError> {
    let size = document.len() as u64;
    if size > limits.document {
        return Err(over(
            format!("the document has {size} bytes"),
            limits.document,
            "document",
            LimitKind::Size,
        ));
    }
    let mut scan = Scan { rest: document.as_bytes(), tokens: 0, open: 0, directives: 0 };
    while scan.token()? {
        for (counted, limit, setting, what) in [
            (scan.tokens, limits.tokens, "tokens", "the document has too many tokens"),
            (scan.open, limits.nesting, "nesting", "the document nests brackets too deep"),
            (scan.directives, limits.directives, "directives", "the document has too many directives"),
        ] {
            if counted > limit {
                return Err(over(what, limit, setting, LimitKind::Size));
            }
        }
    }
    Ok(())
}

struct Scan<'a> {
    rest: &'a [u8],
    tokens: u64,
    open: u64,
    directives: u64,
}

impl Scan<'_> {
    /// Consumes one token, or a separator; returns `false` at the end.
    fn token(&mut self) -> Result<bool, GuardError> {
        let Some(&byte) = self.rest.first() else { return Ok(false) };
        let length = match byte {
            // White space, line ends, commas and byte order marks separate tokens.
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF => {
                self.rest = &self.rest[1..];
                return Ok(true);
            }
            b'#' => {
                let end = self.rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                self.rest = &self.rest[end.unwrap_or(self.rest.len())..];
                return Ok(true);
            }
            b'"' if self.rest.starts_with(b"\"\"\"") => self.block_string()?,
            b'"' => self.string(),
            b'{' | b'[' | b'(' => {
                self.open += 1;
                1
            }
            b'}' | b']' | b')' => {
                self.open = self.open.saturating_sub(1);
                1
            }
            b'@' => {
                self.directives += 1;
                1
            }
            b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                let is_word =
                    |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'+' | b'-');
                self.rest.iter().position(|byte| !is_word(byte)).unwrap_or(self.rest.len())
            }
            _ => 1,
        };
        self.tokens += 1;
        self.rest = &self.rest[length.min(self.rest.len())..];
        Ok(true)
    }

    /// A string ends at a quote without a preceding backslash, and at the latest at the end of the line.
    fn string(&self) -> usize {
        let mut at = 1;
        while let Some(byte) = self.rest.get(at) {
            at += match byte {
                b'\\' => 2,
                b'"' => return at + 1,
                b'\n' | b'\r' => return at,
                _ => 1,
            };
        }
        self.rest.len()
    }

    /// A block string ends at three quotes without a preceding backslash.
    fn block_string(&self) -> Result<usize, GuardError> {
        let mut at = 3;
        while at < self.rest.len() {
            match &self.rest[at..] {
                [b'\\', b'"', b'"', b'"', ..] => at += 4,
                [b'"', b'"', b'"', ..] => return Ok(at + 3),
                _ => at += 1,
            }
        }
        Err(GuardError::Invalid("a block string is not closed".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(document: &str) -> Option<String> {
        scan(document, &Limits::default()).err().map(|error| error.to_string())
    }

    #[test]
    fn accepts_ordinary_documents() {
        assert_eq!(refusal("query Q($a: [Int!]) { user(id: \"x\") { id # {{{{\n } }"), None);
        assert_eq!(refusal(""), None);
    }

    #[test]
    fn counts_simultaneously_open_brackets() {
        assert_eq!(refusal(&"{}".repeat(500)), None);
        let deep = refusal(&"[".repeat(41)).unwrap();
        assert_eq!(deep, "the document nests brackets too deep: the limit is 40 (`nesting`)");
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let many = "{".repeat(100);
        assert_eq!(refusal(&format!("{{ a(b: \"{many}\\\"{many}\") }}")), None);
        assert_eq!(refusal(&format!("{{ a(b: \"\"\"{many} \" \\\"\"\" {many}\"\"\") }}")), None);
        assert_eq!(refusal(&format!("# {many}\n{{ a }}")), None);
    }

    #[test]
    fn brackets_after_a_string_do_count() {
        for string in ["\"\"", "\"\\\\\"", "\"\"\"\"\"\"", "\"\"\"\\\"\"\" \"\"\"", "\"unclosed\n", "#\r"] {
            assert!(refusal(&format!("{string}{}", "(".repeat(41))).is_some(), "{string}");
        }
    }

    #[test]
    fn an_unterminated_block_string_is_rejected() {
        for document in ["\"\"\"", "{ a(b: [\"\"\"x\" [[[]]]]) }", "\"\"\" \\\"\"\"", "\"\"\"\"\"\"\"\"\""] {
            assert_eq!(refusal(document).unwrap(), "a block string is not closed", "{document}");
        }
    }

    #[test]
    fn names_the_exceeded_limit() {
        assert_eq!(
            refusal(&"a ".repeat(2001)).unwrap(),
            "the document has too many tokens: the limit is 2000 (`tokens`)"
        );
        assert_eq!(
            refusal(&"@a ".repeat(21)).unwrap(),
            "the document has too many directives: the limit is 20 (`directives`)"
        );
        assert_eq!(
            refusal(&" ".repeat(16 * 1024 + 1)).unwrap(),
            "the document has 16385 bytes: the limit is 16384 (`document`)"
        );
    }
}

//! The rules of the layout (CONTRIBUTING.md), read from the sources.
//!
//! A module belongs to a layer, and imports go down: ground, domain, API kit, APIs of the concepts, top.

mod graph;
mod imports;
mod rules;
mod tables;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A source file of the server.
pub struct Source {
    /// The path of the module without `crate`, for example `["user", "store", "write"]`.
    pub module: Vec<String>,
    pub path: PathBuf,
    /// The text with comments, strings and unit tests blanked. Lines keep their numbers.
    pub code: String,
}

/// All sources below `src/`, by module.
pub fn sources() -> BTreeMap<Vec<String>, Source> {
    let mut found = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut directories = vec![root.clone()];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(&root).unwrap().with_extension("");
                let mut module: Vec<String> =
                    inside.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
                if matches!(module.last().map(String::as_str), Some("mod" | "lib" | "main")) {
                    module.pop();
                }
                let is_program = path.ends_with("src/main.rs");
                // Unit tests may use whatever they like.
                if !is_program && module.last().is_none_or(|last| last != "tests") {
                    let code = blanked(&fs::read_to_string(&path).unwrap());
                    found.insert(module.clone(), Source { module, path, code });
                }
            }
        }
    }
    found
}

/// Where something stands, for messages.
pub fn at(source: &Source, offset: usize) -> String {
    let line = source.code[..offset].lines().count().max(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    format!("{}:{line}", source.path.strip_prefix(root).unwrap().display())
}

/// The text with comments, the contents of strings and the unit tests at its end replaced by spaces.
fn blanked(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let bytes = text.as_bytes();
    let mut code = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &text[at..];
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if bytes[at] == b'"' {
            string(rest)
        } else if let Some(length) = character(rest) {
            length
        } else {
            code.push(if bytes[at].is_ascii() { bytes[at] } else { b'?' });
            at += 1;
            continue;
        };
        code.extend(bytes[at..at + skipped].iter().map(|byte| if *byte == b'\n' { b'\n' } else { b' ' }));
        at += skipped;
    }
    String::from_utf8(code).unwrap()
}

/// The length of the string that a text begins with.
fn string(text: &str) -> usize {
    let mut is_escaped = false;
    for (index, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the character literal that a text begins with; `None` if it begins with a lifetime or something else.
fn character(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    if inside.starts_with('\\') {
        return Some(inside[2..].find('\'')? + 4);
    }
    let first = inside.chars().next()?;
    inside[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}

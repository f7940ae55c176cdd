use std::{fmt::Write, path::PathBuf};

use super::load::{Layer, PREFIX};

/// A configuration error: one line that names the key and the fix.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("unknown setting `{key}` in {location}{}", hint(nearest.as_ref()))]
    Unknown { key: String, location: String, nearest: Option<String> },
    #[error("the file `{}` does not exist or is not readable: name another with --config", .0.display())]
    File(PathBuf),
    #[error("`{0}` is not a setting: write --set KEY=VALUE, for example --set limits.depth=20")]
    NotAPair(String),
    #[error("cannot read `{}`: {reason}", file.display())]
    Syntax { file: PathBuf, reason: String },
    #[error("{location} is invalid: {reason}")]
    Value { location: String, reason: String },
}

/// All configuration errors, one per line.
#[derive(Debug)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl std::error::Error for ConfigErrors {}

impl std::fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl ConfigError {
    pub(super) fn unknown<'a>(key: &str, layer: &Layer, known: impl Iterator<Item = &'a str>) -> Self {
        let shown = |key: &str| match layer {
            Layer::Environment => variable(key),
            _ => key.to_owned(),
        };
        let location = match layer {
            Layer::File(file) => format!("`{}`", file.display()),
            Layer::Environment => "the environment".to_owned(),
            Layer::Default | Layer::Flag => "--set".to_owned(),
        };
        let nearest = nearest(key, known)
            .filter(|(distance, known)| *distance <= 3.max(known.len() / 3))
            .map(|(_, known)| shown(known));
        Self::Unknown { key: shown(key), location, nearest }
    }

    pub(super) fn value(key: &str, layer: &Layer, reason: String) -> Self {
        let location = match layer {
            Layer::File(file) => format!("the setting `{key}` in `{}`", file.display()),
            Layer::Environment => format!("the variable `{}`", variable(key)),
            Layer::Default | Layer::Flag => format!("the setting `{key}`"),
        };
        Self::Value { location, reason }
    }

    pub(super) fn syntax(file: PathBuf, text: &str, error: &toml::de::Error) -> Self {
        let mut reason = error.message().lines().collect::<Vec<_>>().join(", ");
        // Report the line's number, not its content, which may contain a password.
        if let Some(before) = error.span().and_then(|span| text.get(..span.start)) {
            let line = before.matches('\n').count() + 1;
            let _ = write!(reason, " (line {line})");
        }
        Self::Syntax { file, reason }
    }
}

/// The environment variable for a key.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

/// The known text nearest to the given one, and its edit distance.
pub(super) fn nearest<'a>(given: &str, known: impl Iterator<Item = &'a str>) -> Option<(usize, &'a str)> {
    known.map(|known| (strsim::damerau_levenshtein(given, known), known)).min()
}

fn hint(nearest: Option<&String>) -> String {
    nearest.map_or_else(String::new, |nearest| format!(": did you mean `{nearest}`?"))
}

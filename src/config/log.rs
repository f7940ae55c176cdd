use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tracing_subscriber::{EnvFilter, filter::LevelFilter};

/// What is logged, and in which format.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Log {
    /// Format of a log line: `human` or `json`.
    pub format: LogFormat,
    /// Log level: off, error, warn, info, debug, trace, or a filter such as `info,sqlx=warn`.
    pub level: LogFilter,
}

impl Default for Log {
    fn default() -> Self {
        let level = LogFilter("info,sqlx=warn,sea_orm_migration=warn".to_owned());
        Self { format: LogFormat::Human, level }
    }
}

/// Format of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Human,
    Json,
}

/// A level, or comma-separated directives, at least one of which is a default level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct LogFilter(String);

impl LogFilter {
    /// The directives.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for LogFilter {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const ADVICE: &str =
            "write off, error, warn, info, debug or trace, or a filter such as info,sqlx=warn";
        let mut has_level = false;
        for directive in directives(&text) {
            let is_level = directive.parse::<LevelFilter>().is_ok();
            // A single word would be parsed as a module name, which silences everything else, including
            // errors.
            if directive.is_empty() || (!is_level && !directive.contains(['=', '['])) {
                return Err(ADVICE);
            }
            has_level |= is_level;
        }
        // Without a default level, log errors of all other modules.
        let text = if has_level { text.trim().to_owned() } else { format!("error,{}", text.trim()) };
        EnvFilter::try_new(&text).map(|_| Self(text)).map_err(|_| ADVICE)
    }
}

/// Splits at commas, except those inside brackets.
fn directives(text: &str) -> impl Iterator<Item = &str> {
    let mut open = 0_usize;
    let separates = move |c: char| {
        match c {
            '[' | '{' => open += 1,
            ']' | '}' => open = open.saturating_sub(1),
            _ => {}
        }
        c == ',' && open == 0
    };
    text.split(separates).map(str::trim)
}

impl From<LogFilter> for String {
    fn from(filter: LogFilter) -> Self {
        filter.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_a_level_or_directives() {
        for (given, kept) in [
            ("warn", "warn"),
            ("INFO", "INFO"),
            ("off", "off"),
            ("info,sqlx=warn", "info,sqlx=warn"),
            ("sqlx=warn, debug", "sqlx=warn, debug"),
            ("verigraph::http=debug", "error,verigraph::http=debug"),
            ("info,[request{a=1}]=debug", "info,[request{a=1}]=debug"),
        ] {
            assert_eq!(LogFilter::try_from(given.to_owned()).map(|it| it.0).as_deref(), Ok(kept), "{given}");
        }
    }

    #[test]
    fn an_unknown_level_is_rejected_with_the_known_ones() {
        for given in ["", "verbose", "warning", "info,verbose", "info,", "sqlx=loud", "loud=a=b", "6", "-v"] {
            let refused = LogFilter::try_from(given.to_owned()).unwrap_err();
            assert!(refused.contains("error, warn, info, debug or trace"), "{given}");
        }
    }
}

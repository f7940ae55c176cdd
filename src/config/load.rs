//! Putting the layers on top of each other, and saying what is wrong with one.

use std::{collections::BTreeSet, path::PathBuf};

use figment::{
    Figment, Profile, Provider,
    providers::{Env, Format, Serialized, Toml},
};

use super::Config;

/// The file that is read when no other is named, if it is there.
pub const FILE: &str = "verigraph.toml";
const PREFIX: &str = "VERIGRAPH_";

/// Why the settings cannot be used: one line that names the key and the fix.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("unknown setting `{key}` in {place}{}", hint(nearest.as_ref()))]
    Unknown { key: String, place: String, nearest: Option<String> },
    #[error("the file `{}` cannot be read: name one that exists with --config", .0.display())]
    File(PathBuf),
    #[error("`{0}` is not a setting: write --set KEY=VALUE, for example --set limits.depth=20")]
    NotAPair(String),
    #[error("{place} cannot be read: {}", reason(.source))]
    Syntax { place: String, source: Box<figment::Error> },
    #[error("{}", wrong(.0))]
    Value(Box<figment::Error>),
}

/// What is wrong with a value, with its key as it was given.
fn wrong(error: &figment::Error) -> String {
    let (key, reason) = (error.path.join(".").to_lowercase(), reason(error));
    let given = error.metadata.as_ref();
    let file = given.and_then(|given| given.source.as_ref()?.file_path());
    match file {
        Some(file) => format!("the setting `{key}` in `{}` is wrong: {reason}", file.display()),
        None if given.is_some_and(|given| given.name.contains(PREFIX)) => {
            format!("the variable `{}` is wrong: {reason}", variable(&key))
        }
        None => format!("the setting `{key}` is wrong: {reason}"),
    }
}

/// One line of what can be several.
fn reason(error: &figment::Error) -> String {
    let text = error.kind.to_string();
    // An excerpt of the file, with a mark below the place, is left out: the first line says where it is.
    let is_excerpt =
        |line: &&str| line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ').starts_with('|');
    let lines: Vec<_> = text.lines().filter(|line| !is_excerpt(line)).collect();
    lines
        .join(", ")
        .replace("expected u64", "expected a whole number")
        .replace("expected u32", "expected a whole number")
}

/// The variable of the environment for a key.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

fn hint(nearest: Option<&String>) -> String {
    nearest.map_or_else(String::new, |nearest| format!(": did you mean `{nearest}`?"))
}

impl Config {
    /// Puts the layers on top of each other. `flags` are pairs of a key, dots between its parts, and a value as TOML
    /// writes it or a plain text.
    ///
    /// # Errors
    ///
    /// [`ConfigError`], which names the key and what to do.
    pub fn load(file: Option<PathBuf>, flags: &[(String, String)]) -> Result<Self, ConfigError> {
        let mut settings = Figment::from(Serialized::defaults(Self::default()));
        let path = file.clone().unwrap_or_else(|| PathBuf::from(FILE));
        if path.is_file() {
            let layer = Toml::file_exact(&path);
            check_keys(&layer, &format!("`{}`", path.display()), str::to_owned)?;
            settings = settings.merge(layer);
        } else if let Some(file) = file {
            return Err(ConfigError::File(file));
        }
        let environment = Env::prefixed(PREFIX).split("__");
        check_keys(&environment, "the environment", variable)?;
        settings = settings.merge(environment);
        for (key, value) in flags {
            let known = known_keys();
            if !known.contains(key) {
                let nearest = nearest(key, &known);
                return Err(ConfigError::Unknown { key: key.clone(), place: "--set".to_owned(), nearest });
            }
            // As in a file; what is no TOML is a text, so that paths and addresses need no quotes.
            let quoted = || format!("{key} = {}", toml_text(value));
            let layer = match format!("{key} = {value}").parse::<TomlLayer>() {
                Ok(layer) => layer.0,
                Err(()) => quoted(),
            };
            settings = settings.merge(Toml::string(&layer));
        }
        settings.extract().map_err(|error| ConfigError::Value(Box::new(error)))
    }
}

struct TomlLayer(String);

impl std::str::FromStr for TomlLayer {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Figment::from(Toml::string(text)).data().map(|_| Self(text.to_owned())).map_err(drop)
    }
}

fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn known_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    flatten("", &serde_json::to_value(Config::default()).unwrap_or_default(), &mut |key, _| {
        keys.insert(key.to_owned());
    });
    keys
}

pub(super) fn flatten(
    prefix: &str,
    value: &serde_json::Value,
    leaf: &mut impl FnMut(&str, &serde_json::Value),
) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
                flatten(&key, value, leaf);
            }
        }
        value => leaf(prefix, value),
    }
}

fn check_keys(layer: &impl Provider, place: &str, shown: impl Fn(&str) -> String) -> Result<(), ConfigError> {
    let unreadable = |source| ConfigError::Syntax { place: place.to_owned(), source: Box::new(source) };
    let data = layer.data().map_err(unreadable)?;
    let known = known_keys();
    let settings = data.get(&Profile::Default).cloned().unwrap_or_default();
    let mut unknown = None;
    flatten("", &serde_json::to_value(settings).unwrap_or_default(), &mut |key, _| {
        // The path of the file may be given by the environment too, but not by the file.
        if !known.contains(key) && key != "config" && unknown.is_none() {
            unknown = Some(key.to_owned());
        }
    });
    match unknown {
        None => Ok(()),
        Some(key) => {
            let nearest = nearest(&key, &known).map(|key| shown(&key));
            Err(ConfigError::Unknown { key: shown(&key), place: place.to_owned(), nearest })
        }
    }
}

fn nearest(key: &str, known: &BTreeSet<String>) -> Option<String> {
    let near = known.iter().map(|known| (strsim::damerau_levenshtein(key, known), known));
    near.min().filter(|(distance, known)| *distance <= 3.max(known.len() / 3)).map(|(_, known)| known.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(flags: &[(&str, &str)]) -> Result<Config, String> {
        let flags: Vec<_> =
            flags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Config::load(None, &flags).map_err(|error| error.to_string())
    }

    #[test]
    fn flags_are_read_as_toml_or_as_plain_text() {
        let flags =
            [("limits.depth", "20"), ("data_dir", "/var/x y"), ("cors_origins", "[\"https://a.example\"]")];
        let config = loaded(&flags).unwrap();
        assert_eq!(config.limits.depth, 20);
        assert_eq!(config.data_dir, PathBuf::from("/var/x y"));
        assert_eq!(config.cors_origins, ["https://a.example"]);
    }

    #[test]
    fn a_wrong_key_is_refused_with_the_nearest_right_one() {
        let refused = loaded(&[("limits.dept", "20")]).unwrap_err();
        assert_eq!(refused, "unknown setting `limits.dept` in --set: did you mean `limits.depth`?");
    }

    #[test]
    fn a_wrong_key_in_the_file_is_refused_with_the_nearest_right_one() {
        let place = Toml::string("lisen = \"127.0.0.1:1\"");
        let refused = check_keys(&place, "`verigraph.toml`", str::to_owned).unwrap_err().to_string();
        assert_eq!(refused, "unknown setting `lisen` in `verigraph.toml`: did you mean `listen`?");
    }

    #[test]
    fn a_wrong_value_names_its_key() {
        let refused = loaded(&[("limits.depth", "deep")]).unwrap_err();
        assert!(refused.contains("limits.depth"), "{refused}");
    }

    #[test]
    fn secrets_are_not_printed() {
        let config = loaded(&[("database_url", "postgres://u:hush@h/d")]).unwrap();
        assert!(!format!("{config:?} {:?}", config.lines()).contains("hush"));
        assert_eq!(config.database_url(), "postgres://u:hush@h/d");
    }
}

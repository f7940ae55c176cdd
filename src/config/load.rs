//! Merges the configuration layers and collects all their errors.

use std::{collections::BTreeMap, env, fs, io, path::PathBuf};

use serde_json::Value;

use super::{
    Config,
    error::{ConfigError, ConfigErrors, variable},
    field::{self, FIELDS},
};

/// The default settings file, read if it exists.
pub const FILE: &str = "verigraph.toml";
/// Prefix of environment variables.
pub(super) const PREFIX: &str = "VERIGRAPH_";

/// The source of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    Default,
    File(PathBuf),
    Environment,
    Flag,
}

/// An effective setting.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The key, with dots between its parts.
    pub key: &'static str,
    /// The description of the setting.
    pub meaning: &'static str,
    /// The value, redacted where necessary. Null if not set.
    pub value: Value,
    pub layer: Layer,
}

impl Setting {
    /// The environment variable of the setting.
    #[must_use]
    pub fn variable(&self) -> String {
        variable(self.key)
    }
}

/// The merged settings. Invalid values are left out of them and reported as errors.
#[derive(Debug)]
pub struct Loaded {
    pub config: Config,
    pub faults: Vec<ConfigError>,
    layers: BTreeMap<&'static str, Layer>,
}

impl Config {
    /// Merges the layers. `flags` are pairs of a dotted key and a value in TOML syntax or plain text.
    ///
    /// # Errors
    ///
    /// [`ConfigErrors`], each of which names a key and the fix.
    pub fn load(file: Option<PathBuf>, flags: &[(String, String)]) -> Result<Self, ConfigErrors> {
        let loaded = Loaded::read(file, flags);
        if loaded.faults.is_empty() { Ok(loaded.config) } else { Err(ConfigErrors(loaded.faults)) }
    }
}

impl Loaded {
    /// Merges the layers, without invalid values.
    #[must_use]
    pub fn read(file: Option<PathBuf>, flags: &[(String, String)]) -> Self {
        let mut layers = Layers::default();
        layers.add_file(file);
        layers.add_environment();
        for (key, value) in flags {
            layers.add_text(key, value, &Layer::Flag);
        }
        let config = layers.config().unwrap_or_default();
        Self { config, faults: layers.faults, layers: layers.origins }
    }

    /// All effective settings.
    #[must_use]
    pub fn settings(&self) -> Vec<Setting> {
        let values = serde_json::to_value(&self.config).unwrap_or_default();
        let setting = |field: &'static field::Field| Setting {
            key: &field.key,
            meaning: &field.meaning,
            value: values.pointer(&field::pointer(&field.key)).cloned().unwrap_or_default(),
            layer: self.layers.get(field.key.as_str()).cloned().unwrap_or(Layer::Default),
        };
        FIELDS.iter().map(setting).collect()
    }
}

/// The values of the layers read so far.
struct Layers {
    tree: Value,
    origins: BTreeMap<&'static str, Layer>,
    faults: Vec<ConfigError>,
}

impl Default for Layers {
    fn default() -> Self {
        let tree = serde_json::to_value(Config::default()).unwrap_or_default();
        Self { tree, origins: BTreeMap::new(), faults: Vec::new() }
    }
}

impl Layers {
    fn config(&self) -> Result<Config, serde_json::Error> {
        serde_json::from_value(self.tree.clone())
    }

    fn add_file(&mut self, named: Option<PathBuf>) {
        let is_named = named.is_some();
        let path = named.unwrap_or_else(|| PathBuf::from(FILE));
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound && !is_named => return,
            Err(_) => return self.faults.push(ConfigError::File(path)),
        };
        match text.parse::<toml::Table>() {
            Ok(table) => {
                let layer = Layer::File(path);
                self.add_tree("", serde_json::to_value(table).unwrap_or_default(), &layer);
            }
            Err(error) => self.faults.push(ConfigError::syntax(path, &text, &error)),
        }
    }

    fn add_tree(&mut self, key: &str, value: Value, layer: &Layer) {
        match value {
            Value::Object(fields) if field::field(key).is_none() => {
                for (name, value) in fields {
                    let key = if key.is_empty() { name } else { format!("{key}.{name}") };
                    self.add_tree(&key, value, layer);
                }
            }
            value => self.add(key, layer, |field| field.typed(value)),
        }
    }

    fn add_environment(&mut self) {
        let variables = env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        // Sorted, so that errors have a stable order.
        let variables: BTreeMap<_, _> = variables.filter(|(name, _)| name.starts_with(PREFIX)).collect();
        for (name, value) in variables {
            let key = name[PREFIX.len()..].to_lowercase().replace("__", ".");
            // The command line reads the path of the file. An empty variable counts as not set.
            if key == "config" || value.is_empty() {
                continue;
            }
            self.add_text(&key, &value.to_string_lossy(), &Layer::Environment);
        }
    }

    fn add_text(&mut self, key: &str, text: &str, layer: &Layer) {
        self.add(key, layer, |field| field.read(text));
    }

    fn add(&mut self, key: &str, layer: &Layer, value: impl FnOnce(&field::Field) -> Result<Value, String>) {
        let Some(field) = field::field(key) else {
            self.faults.push(if field::is_section(key) {
                let reason = format!("it is a section: write {key}.NAME");
                ConfigError::value(key, layer, reason)
            } else {
                ConfigError::unknown(key, layer, field::keys())
            });
            return;
        };
        let before = self.tree.clone();
        let outcome = value(field).and_then(|value| {
            if let Some(node) = self.tree.pointer_mut(&field::pointer(key)) {
                *node = value;
            }
            // The type has further rules, such as for an address or an origin.
            self.config().map(drop).map_err(|error| error.to_string())
        });
        match outcome {
            Ok(()) => {
                self.origins.insert(&field.key, layer.clone());
            }
            Err(reason) => {
                self.tree = before;
                self.faults.push(ConfigError::value(key, layer, reason));
            }
        }
    }
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
        assert_eq!(loaded(&[("data_dir", "5")]).unwrap().data_dir, PathBuf::from("5"));
    }

    #[test]
    fn a_list_may_be_one_text_or_comma_separated() {
        let two = ["https://a.example", "https://b.example"];
        for (text, origins) in [
            ("https://a.example", &two[..1]),
            ("\"https://a.example\"", &two[..1]),
            ("https://a.example,https://b.example", &two),
            ("[https://a.example, https://b.example]", &two),
            ("[\"https://a.example\", \"https://b.example\"]", &two),
            ("[]", &[]),
            ("", &[]),
        ] {
            assert_eq!(loaded(&[("cors_origins", text)]).unwrap().cors_origins, origins, "{text}");
        }
    }

    #[test]
    fn all_errors_are_reported_at_once() {
        let flags = [
            ("limits.dept", "20"),
            ("limits.depth", "deep"),
            ("limits", "3"),
            ("migrate_on_start", "maybe"),
            ("log.format", "xml"),
            ("connections", "0"),
            ("limits.query_seconds", "9000000000000000000"),
            ("root_key", "hush"),
            ("database_url", "postgres://me:hush@db:port/x"),
        ];
        let expected = [
            "unknown setting `limits.dept` in --set: did you mean `limits.depth`?",
            "the setting `limits.depth` is invalid: write a whole number from 0 to 1099511627776, such as 15",
            "the setting `limits` is invalid: it is a section: write limits.NAME",
            "the setting `migrate_on_start` is invalid: write true or false",
            "the setting `log.format` is invalid: write one of `human`, `json`",
            "the setting `connections` is invalid: write a whole number from 1 to 10000, such as 16",
            "the setting `limits.query_seconds` is invalid: write a whole number from 1 to 31536000, such as 5",
            "the setting `database_url` is invalid: invalid port number: write postgres://USER:PASSWORD@HOST/DATABASE, \
             with %40 for `@`, %2F for `/` and so on in the password",
        ];
        assert_eq!(loaded(&flags).unwrap_err(), expected.join("\n"));
    }

    #[test]
    fn every_setting_is_listed_with_its_description_and_source_and_without_secrets() {
        let flags = [("database_url", "postgres://u:hush@h/d"), ("root_key", "hush"), ("limits.depth", "7")];
        let flags = flags.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let loaded = Loaded::read(None, &flags);
        assert_eq!(loaded.config.database_url(), "postgres://u:hush@h/d");
        let settings = loaded.settings();
        assert!(settings.len() > 60 && settings.iter().all(|it| it.meaning.ends_with(['.', ')'])));
        assert!(!format!("{loaded:?} {settings:?}").contains("hush"));
        let of = |key: &str| settings.iter().find(|setting| setting.key == key).unwrap();
        assert_eq!((of("limits.depth").value.clone(), &of("limits.depth").layer), (7.into(), &Layer::Flag));
        assert_eq!(of("database_url").value, "postgres://u@h/d");
        assert_eq!(
            (of("listen").value.clone(), &of("listen").layer),
            ("127.0.0.1:8080".into(), &Layer::Default)
        );
    }
}

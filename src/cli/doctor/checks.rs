//! Checks of what a server needs. Each runs regardless of the results of the others.

use std::{fmt::Display, time::Duration};

use super::{
    addresses, ledger,
    level::Level::{self, Fault, Note, Warning},
};
use crate::{
    blob::Images,
    cli::{
        addresses::database,
        demo::public_credentials,
        open::RootKeySource,
        serve::{DEMO_DATA, addresses},
    },
    config::{Config, Loaded},
    crypto::{self, RootKey, RootKeyError},
    db::{
        OpenError, Store,
        migrate::{self, SchemaError},
        placement, shape,
    },
};

/// Timeout for the database's answer.
pub(super) const WAIT: Duration = Duration::from_secs(10);

/// All findings, in the order in which a server needs the parts.
pub async fn run(loaded: &Loaded) -> Vec<(Level, String)> {
    let config = &loaded.config;
    let mut found = Findings(Vec::new());
    for fault in &loaded.faults {
        found.add(Fault, fault);
    }
    if loaded.faults.is_empty() {
        found.ok("the settings are valid");
    }
    if let Err(failure) = addresses(config).await {
        found.add(Fault, failure.0);
    }
    if let Some(Err(error)) = config.images_url.as_ref().map(|url| Images::at(url.as_str())) {
        found.add(Fault, error);
    }
    let source = RootKeySource::of(config);
    let root = source.read();
    if let Err(error) = &root {
        found.add(Fault, error);
    }
    if let Some(exposure) = source.exposure() {
        found.add(Warning, exposure);
    }
    if let Err(error) = found.database(config, (&source, root.as_ref().ok())).await {
        found.add(Fault, error);
    }
    found.0.extend(addresses::check(config, WAIT).await);
    found.0.extend(ledger::check(config).await);
    found.0
}

struct Findings(Vec<(Level, String)>);

impl Findings {
    fn add(&mut self, level: Level, text: impl Display) {
        self.0.push((level, text.to_string()));
    }

    fn ok(&mut self, text: impl Display) {
        self.add(Level::Ok, text);
    }

    /// Checks the database. `root` is `None` if the key cannot be read, and contains no key if the file does
    /// not exist.
    async fn database(
        &mut self,
        config: &Config,
        (source, root): (&RootKeySource<'_>, Option<&Option<RootKey>>),
    ) -> Result<(), OpenError> {
        let url = config.database_url();
        let store = Store::inspect_at(&database(config, &url), WAIT).await?;
        self.ok(format!(
            "the database responds ({:?}) and its durability settings are safe",
            store.dialect()
        ));
        if let Err(error) = self.schema(&store).await {
            self.add(Fault, error);
        }
        let owner = crypto::owner(&store).await?;
        match (root, owner) {
            (None, _) => {}
            (Some(None), None) => {
                self.add(Note, format!("no root key at {source} yet: the first start creates it"));
            }
            (Some(Some(_)), None) => {
                self.add(Note, "the database is not bound to a root key yet: the first start binds it");
            }
            (Some(None), Some(owner)) => {
                if let RootKeySource::File(path) = source {
                    let key = crypto::key_name(&owner);
                    self.add(Fault, RootKeyError::Missing { key, path: path.clone() });
                }
            }
            (Some(Some(root)), Some(owner)) if root.fingerprint() == owner => {
                self.ok(format!("the database is bound to this root key ({source}, {})", root.name()));
            }
            (Some(Some(_)), Some(_)) => self.add(Fault, RootKeyError::Foreign(source.to_string())),
        }
        store.close().await;
        Ok(())
    }

    async fn schema(&mut self, store: &Store) -> Result<(), SchemaError> {
        migrate::check(store).await?;
        self.ok("the database schema is up to date");
        let differences = shape::compare(store).await?;
        if differences.faults.is_empty() {
            self.ok("the tables, indexes and triggers match the migrations");
        }
        for fault in differences.faults {
            self.add(Fault, fault);
        }
        for fault in placement::faults(store).await? {
            self.add(Fault, fault);
        }
        for note in differences.notes {
            self.add(Warning, note);
        }
        let public = public_credentials(store).await?;
        if !public.is_empty() {
            self.add(Warning, format!("{DEMO_DATA} ({})", public.join(", ")));
        }
        Ok(())
    }
}

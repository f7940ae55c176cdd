//! Checks of the erasure ledger. Read-only, as all checks of `doctor`.

use std::{
    fs::OpenOptions,
    path::{Path, PathBuf},
};

use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::{
    checks::WAIT,
    level::Level::{self, Fault, Note},
};
use crate::{
    config::Config,
    db::{OpenError, Store, dialect::Dialect},
};

/// The ledger's table.
const TABLE: &str = "erased_users";

/// The findings about the ledger.
pub async fn check(config: &Config) -> Vec<(Level, String)> {
    let (url, database) = (config.erasure_ledger_url(), config.database_url());
    let mut found = Vec::new();
    if url == database {
        let text = "the erasure ledger is the database itself: a restored backup lacks later erasures; set \
            erasure_ledger_url to another database";
        found.push((Fault, text.to_owned()));
        return found;
    }
    if let (Some(ledger), Some(database)) = (directory(&url), directory(&database))
        && ledger == database
    {
        let text = format!(
            "the erasure ledger is in the directory of the database ({}): back it up apart from the database and never \
             restore it with the database, or set erasure_ledger_url",
            ledger.display()
        );
        found.push((Note, text));
    }
    let state = match Store::inspect(&url, WAIT).await {
        Err(OpenError::Absent(path)) => {
            let text = format!("no erasure ledger at `{}` yet: the first start creates it", path.display());
            Ok((Note, text))
        }
        Err(error) => Err(error.to_string()),
        Ok(store) => {
            let state = state(&store, &url).await.map_err(|error| error.to_string());
            store.close().await;
            state
        }
    };
    found.push(state.unwrap_or_else(|error| (Fault, format!("the erasure ledger: {error}"))));
    found
}

/// Reports whether entries can be written, as far as this is visible without a write.
async fn state(store: &Store, url: &str) -> Result<(Level, String), DbErr> {
    let text = |sql: &str| Statement::from_string(store.dialect().backend(), sql);
    let one = async |sql: String| {
        let row = store.read().query_one_raw(text(&sql)).await?;
        row.map(|row| row.try_get_by_index::<i64>(0)).transpose().map(Option::unwrap_or_default)
    };
    let (tables, is_writable) = match store.dialect() {
        Dialect::Sqlite => {
            let sql = format!("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{TABLE}'");
            let opened = path(url).map(|path| OpenOptions::new().append(true).open(path));
            (one(sql).await?, opened.is_some_and(|opened| opened.is_ok()))
        }
        Dialect::Postgres => {
            let tables = one(format!("SELECT count(to_regclass('{TABLE}'))")).await?;
            let sql = format!(
                "SELECT count(*) FROM pg_tables WHERE tablename = '{TABLE}' AND has_table_privilege('{TABLE}', 'INSERT')"
            );
            (tables, tables == 0 || one(sql).await? > 0)
        }
    };
    if !is_writable {
        return Ok((Fault, "the erasure ledger is not writable: erasures get no receipt".to_owned()));
    }
    if tables == 0 {
        return Ok((Note, "the erasure ledger has no table yet: the first start creates it".to_owned()));
    }
    let entries = one(format!("SELECT count(*) FROM {TABLE}")).await?;
    Ok((Level::Ok, format!("the erasure ledger is readable and writable ({entries} entries)")))
}

fn path(url: &str) -> Option<&Path> {
    let (scheme, rest) = url.split_once(':')?;
    (scheme == "sqlite").then(|| Path::new(rest.trim_start_matches("//")))
}

/// The directory of an embedded database.
fn directory(url: &str) -> Option<PathBuf> {
    let directory = path(url)?.parent()?;
    Some(directory.canonicalize().unwrap_or_else(|_| directory.to_owned()))
}

//! How to reach a PostgreSQL database.

use std::time::Duration;

use sqlx::{ConnectOptions, postgres::PgConnectOptions};

use super::open_error::OpenError;
use crate::config::redacted_url;

/// How to reach a database.
#[derive(Clone, Copy, Debug)]
pub struct DatabaseAddress<'a> {
    pub url: &'a str,
    /// The setting that the URL is from, for errors.
    pub setting: &'static str,
    /// Whether the URL leads to a pooler in transaction mode, which passes no `options` on.
    pub is_pooled: bool,
    /// URL of the same database without the pooler.
    pub direct: Option<&'a str>,
}

impl<'a> DatabaseAddress<'a> {
    /// A database without a pooler.
    #[must_use]
    pub const fn new(url: &'a str) -> Self {
        Self { url, setting: "database_url", is_pooled: false, direct: None }
    }

    /// The driver's options for a connection of the server.
    pub(super) fn options(&self, statement: Duration) -> Result<PgConnectOptions, OpenError> {
        let options = self.url.parse::<PgConnectOptions>().map_err(|error| self.error(error))?;
        // A name in the URL tells servers on one database apart.
        let name = options.get_application_name().unwrap_or("verigraph").to_owned();
        let options =
            options.application_name(&name).statement_cache_capacity(256).disable_statement_logging();
        // A pooler shares a connection among clients, so it rejects or drops what would belong to one of them.
        Ok(if self.is_pooled {
            options
        } else {
            options.options([("statement_timeout", statement.as_millis().to_string())])
        })
    }

    /// The reason why the database could not be opened.
    pub(super) fn error(&self, source: sqlx::Error) -> OpenError {
        let (url, setting) = (redacted_url(self.url), self.setting);
        let text = source.to_string();
        if text.contains("unsupported startup parameter") {
            // PgBouncer's words. It names the parameter inside of `options` too.
            let is_other = text.contains("extra_float_digits");
            return if is_other { OpenError::PoolerParameter(url) } else { OpenError::Pooler(url) };
        }
        OpenError::Connect { url, source, setting }
    }
}

/// Where notifications and migrations connect to.
#[derive(Clone, Debug)]
pub(super) enum DirectConnections {
    /// As everything else does.
    Shared,
    /// To an address of their own.
    At(Box<PgConnectOptions>),
    /// Nowhere: there are no notifications.
    None,
}

//! What a pooler between the server and the database changes without an error: limits, prepared statements and
//! notifications. Start-up and `doctor` say so.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbErr, Statement};
use sqlx::{ConnectOptions, PgConnection, postgres::PgConnectOptions};
use tokio::time::timeout;

use super::{
    Store,
    address::DatabaseAddress,
    dialect::Dialect,
    failure::no_answer,
    open_error::OpenError,
    pg_identity::{self, Identity},
};
use crate::config::redacted_url;

/// Time limit of a question to a server.
const ANSWERS_IN: Duration = Duration::from_secs(5);
/// How long a connection waits for a second one of the pooler, which may have only one.
const SECOND_IN: Duration = Duration::from_secs(2);

/// What does not work as configured. The server runs nevertheless.
#[derive(Debug, thiserror::Error)]
pub enum SessionWarning {
    #[error(
        "the statement limit in force is {found} and not {wanted} (limits.statement_seconds), because a pooler does not \
         pass it on: run `ALTER ROLE {role} SET statement_timeout = '{wanted}'` on the database and `RECONNECT` on the \
         console of PgBouncer{advice}"
    )]
    LostLimit { found: String, wanted: String, role: String, advice: &'static str },
    #[error(
        "notifications do not pass a pooler, so events of other server processes arrive by polling: set hints_database_url \
         to a URL that leads to the database without the pooler"
    )]
    NoNotifications,
    #[error(
        "the database `{url}` cannot be reached for notifications ({source}): check that it runs, and the setting \
         `hints_database_url`"
    )]
    DirectUnavailable { url: String, source: sqlx::Error },
    #[error("hints_database_url (`{0}`) leads to another database than database_url: correct one of them")]
    OtherDatabase(String),
    #[error("hints_database_url needs a PostgreSQL database: set database_url to it, or remove the setting")]
    Embedded,
}

impl Store {
    /// Finds what does not work as configured on connections with this statement limit.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn session_warnings(
        &self,
        address: &DatabaseAddress<'_>,
        statement: Duration,
    ) -> Result<Vec<SessionWarning>, DbErr> {
        let mut found = Vec::new();
        let Some(pool) = self.postgres() else {
            return Ok(address.direct.map(|_| SessionWarning::Embedded).into_iter().collect());
        };
        found.extend(self.lost_limit(address, statement).await?);
        match address.direct {
            None if address.is_pooled => found.push(SessionWarning::NoNotifications),
            None => {}
            Some(direct) => {
                let here = identity(pool.options().as_ref().clone()).await;
                let there = match direct.parse::<PgConnectOptions>() {
                    Ok(options) => identity(options.disable_statement_logging()).await,
                    Err(error) => Err(error),
                };
                let url = redacted_url(direct);
                match (here, there) {
                    (_, Err(source)) => found.push(SessionWarning::DirectUnavailable { url, source }),
                    (Ok(here), Ok(there)) if !here.may_be(&there) => {
                        found.push(SessionWarning::OtherDatabase(url));
                    }
                    _ => {}
                }
            }
        }
        Ok(found)
    }

    /// Compares the statement limit in force with ours.
    async fn lost_limit(
        &self,
        address: &DatabaseAddress<'_>,
        statement: Duration,
    ) -> Result<Option<SessionWarning>, DbErr> {
        let sql = "SELECT setting::bigint, quote_ident(session_user) FROM pg_settings WHERE name = 'statement_timeout'";
        let row = Statement::from_string(Dialect::Postgres.backend(), sql);
        let Some(row) = self.read().query_one_raw(row).await? else { return Ok(None) };
        let (found, role): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        if u128::try_from(found).is_ok_and(|found| found == statement.as_millis()) {
            return Ok(None);
        }
        let shown = |millis: u128| if millis == 0 { "none".to_owned() } else { format!("{millis}ms") };
        let found = shown(u128::try_from(found).unwrap_or_default());
        let wanted = shown(statement.as_millis());
        let advice = if address.is_pooled { "" } else { ", and set database_pooler = true" };
        Ok(Some(SessionWarning::LostLimit { found, wanted, role, advice }))
    }
}

async fn identity(options: PgConnectOptions) -> Result<Identity, sqlx::Error> {
    let asked = async { pg_identity::read(&mut options.connect().await?).await };
    timeout(ANSWERS_IN, asked).await.unwrap_or_else(|_| Err(no_answer()))
}

/// Checks that prepared statements pass a pooler.
///
/// The driver names the statements of each connection alike. A pooler that passes the names on unchanged gives
/// one connection the statement of another, or none. Both happen here at once, with two connections of the
/// pooler and with one.
///
/// # Errors
///
/// [`OpenError::PreparedStatements`], or when the pooler fails.
pub(super) async fn check_prepared_statements(address: &DatabaseAddress<'_>) -> Result<(), OpenError> {
    let options = address.options(Duration::ZERO)?;
    let connect = async || {
        let connected = timeout(ANSWERS_IN, options.connect()).await;
        connected.unwrap_or_else(|_| Err(no_answer())).map_err(|error| address.error(error))
    };
    let (mut one, mut other) = (connect().await?, connect().await?);
    match try_prepared(&mut one, &mut other).await {
        Err(sqlx::Error::Database(error))
            // duplicate_prepared_statement, invalid_sql_statement_name, and a wrong number of values.
            if matches!(error.code().as_deref(), Some("42P05" | "26000" | "08P01")) =>
        {
            Err(OpenError::PreparedStatements(redacted_url(address.url)))
        }
        tried => tried.map_err(|error| address.error(error)),
    }
}

async fn try_prepared(one: &mut PgConnection, other: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT 1").execute(&mut *one).await?;
    sqlx::query("SELECT 2").execute(&mut *other).await?;
    // Holds the connection that both statements were prepared on.
    sqlx::raw_sql("BEGIN").execute(&mut *other).await?;
    // A pooler with one connection does not answer in time: that one has the statements.
    let again = timeout(SECOND_IN, sqlx::query("SELECT 1").execute(one)).await;
    sqlx::raw_sql("ROLLBACK").execute(other).await?;
    again.map_or(Ok(()), |again| again.map(drop))
}

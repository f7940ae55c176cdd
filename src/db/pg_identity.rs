//! Which database a connection leads to, so that two URLs can be compared.

use sqlx::{PgConnection, Row};

/// A database as its server knows it. A part is empty if the server does not tell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Identity {
    /// The system identifier: all servers that were copied from one have the same.
    system: String,
    /// The id of the database in that system.
    database: String,
}

impl Identity {
    /// Whether both are the same database, as far as is known.
    pub fn may_be(&self, other: &Self) -> bool {
        let may_be = |one: &str, other: &str| one.is_empty() || other.is_empty() || one == other;
        may_be(&self.system, &other.system) && may_be(&self.database, &other.database)
    }
}

/// Reads what a connection leads to.
pub(super) async fn read(connection: &mut PgConnection) -> Result<Identity, sqlx::Error> {
    let sql = "SELECT oid::text FROM pg_database WHERE datname = current_database()";
    let row = sqlx::raw_sql(sql).fetch_one(&mut *connection).await?;
    let database = row.try_get(0)?;
    let sql = "SELECT system_identifier::text FROM pg_control_system()";
    let system = match sqlx::raw_sql(sql).fetch_one(connection).await {
        Ok(row) => row.try_get(0)?,
        // The role may not ask: only the database is compared then.
        Err(sqlx::Error::Database(_)) => String::new(),
        Err(error) => return Err(error),
    };
    Ok(Identity { system, database })
}

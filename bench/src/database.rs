use sqlx::{
    PgPool, Result, SqlitePool,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
    types::Uuid,
};

/// The database of the server that is measured.
#[derive(Clone)]
pub enum Database {
    Postgres(PgPool),
    Sqlite(SqlitePool),
}

impl Database {
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres:") {
            let pool = PgPoolOptions::new().max_connections(16).test_before_acquire(false);
            return Ok(Self::Postgres(pool.connect(url).await?));
        }
        let file = SqliteConnectOptions::new().filename(url).read_only(true);
        let pool = SqlitePoolOptions::new().max_connections(4).test_before_acquire(false);
        Ok(Self::Sqlite(pool.connect_with(file).await?))
    }

    pub async fn project(&self) -> Result<Uuid> {
        let sql = "SELECT id FROM projects WHERE name = 'Demo'";
        let row: (Uuid,) = match self {
            Self::Postgres(pool) => sqlx::query_as(sql).fetch_one(pool).await?,
            Self::Sqlite(pool) => sqlx::query_as(sql).fetch_one(pool).await?,
        };
        Ok(row.0)
    }
}

/// Reads rows as tuples: the statement, and the values of its places. An error leaves the answer empty, which the
/// comparison with the server's answer shows.
macro_rules! rows {
    ($db:expr, $sql:expr $(, $value:expr)*) => {
        match $db {
            $crate::database::Database::Postgres(pool) => {
                sqlx::query_as(sqlx::AssertSqlSafe($sql))$(.bind($value))*.fetch_all(pool).await
            }
            $crate::database::Database::Sqlite(pool) => {
                sqlx::query_as(sqlx::AssertSqlSafe($sql))$(.bind($value))*.fetch_all(pool).await
            }
        }
        .unwrap_or_default()
    };
}
pub(crate) use rows;

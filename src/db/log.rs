use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::{Store, dialect::Dialect};

impl Store {
    /// Writes the write-ahead log of a `SQLite` database back into the file and truncates it: until then it
    /// contains overwritten values. Returns `false` if a reader still needs the log. PostgreSQL manages its
    /// log itself, and keeps it for longer.
    pub async fn empty_log(&self) -> Result<bool, DbErr> {
        if self.dialect() != Dialect::Sqlite {
            return Ok(true);
        }
        let checkpoint = Statement::from_string(self.dialect().backend(), "PRAGMA wal_checkpoint(TRUNCATE)");
        let row = self.write().query_one_raw(checkpoint).await?;
        Ok(row.map(|row| row.try_get_by_index::<i32>(0)).transpose()? == Some(0))
    }
}

use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::{Store, dialect::Dialect};

impl Store {
    /// Writes the write-ahead log of the embedded database back into the file and cuts it to nothing: values that were
    /// overwritten lie in it until then. `false` if a reader still needs it. PostgreSQL keeps its own log, and for longer.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn empty_log(&self) -> Result<bool, DbErr> {
        if self.dialect() != Dialect::Sqlite {
            return Ok(true);
        }
        let checkpoint = Statement::from_string(self.dialect().backend(), "PRAGMA wal_checkpoint(TRUNCATE)");
        let row = self.write().query_one_raw(checkpoint).await?;
        Ok(row.map(|row| row.try_get_by_index::<i32>(0)).transpose()? == Some(0))
    }
}

//! The column types that every table shares.

use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

/// The primary key of a table: one UUID.
pub fn id() -> ColumnDef {
    ColumnDef::new("id").uuid().not_null().primary_key().take()
}

/// A UUID that is never null.
pub fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

/// Milliseconds since the epoch, never null.
pub fn time(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// Text that is never null, compared by its bytes: that is how `SQLite` compares, and the only order of text that both
/// databases and every locale agree on.
pub fn text(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name).text().not_null().take();
    if manager.get_database_backend() == DatabaseBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

/// Bytes that are never null.
pub fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).binary().not_null().take()
}

/// JSON that is never null.
pub fn json(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().not_null().take()
}

/// A primary key that the database counts. SQLite does so for a column of exactly this type, one more than the largest:
/// what it calls AUTOINCREMENT differs only where the largest is deleted, which never is, and adds a table that stays.
pub fn counted(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name).not_null().primary_key().take();
    match manager.get_database_backend() {
        DatabaseBackend::Postgres => column.big_integer().auto_increment().take(),
        _ => column.integer().take(),
    }
}

/// Lets a column be null.
pub fn nullable(mut column: ColumnDef) -> ColumnDef {
    column.null().take()
}

/// A column that points at the id of another table's row. A row cannot outlive what it points at.
pub fn reference(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("{table}_{column}")).from(table, column).to(target, "id").take()
}

/// An index by these columns, in this order.
pub fn index<const N: usize>(
    name: &'static str,
    table: &'static str,
    columns: [&'static str; N],
) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).take();
    for column in columns {
        index.col(column);
    }
    index
}

//! The column types that all tables share.

use sea_orm_migration::{prelude::*, sea_orm::DatabaseBackend};

/// The primary key of a table: one UUID.
pub fn id() -> ColumnDef {
    ColumnDef::new("id").uuid().not_null().primary_key().take()
}

/// A UUID, not null.
pub fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().take()
}

/// Milliseconds since the Unix epoch, not null.
pub fn time(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// Text, not null, compared by bytes: `SQLite` compares in this way, and it is the only text order on which
/// both databases and every locale agree.
pub fn text(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name).text().not_null().take();
    if manager.get_database_backend() == DatabaseBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

/// Bytes, not null.
pub fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).binary().not_null().take()
}

/// JSON, not null.
pub fn json(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().not_null().take()
}

/// A primary key that the database increments. SQLite does so for a column of exactly this type: one more
/// than the largest. AUTOINCREMENT would differ only after the largest row is deleted, which never happens,
/// and would add a permanent table.
pub fn counted(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name).not_null().primary_key().take();
    match manager.get_database_backend() {
        DatabaseBackend::Postgres => column.big_integer().auto_increment().take(),
        _ => column.integer().take(),
    }
}

/// Makes a column nullable.
pub fn nullable(mut column: ColumnDef) -> ColumnDef {
    column.null().take()
}

/// A foreign key to the id of another table. The referenced row cannot be deleted first.
pub fn reference(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("{table}_{column}")).from(table, column).to(target, "id").take()
}

/// An index on these columns, in this order.
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

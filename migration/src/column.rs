//! The column types that all tables share.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DatabaseBackend, RuntimeErr},
};

/// The primary key of a table that belongs to no project: one UUID.
pub fn id() -> ColumnDef {
    ColumnDef::new("id").uuid().not_null().primary_key().take()
}

/// An integer of 64 bits, not null.
pub fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// An integer of 32 bits, not null.
pub fn small_number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().take()
}

/// The number of a row's current version, from 1.
pub fn version() -> ColumnDef {
    small_number("version").default(1).take()
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

/// A number that the database increments. On SQLite it has to be the primary key alone, and is one more than
/// the largest: AUTOINCREMENT would differ only after the largest row is deleted, which never happens, and would
/// add a permanent table.
pub fn sequence(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = ColumnDef::new(name).not_null().take();
    match manager.get_database_backend() {
        DatabaseBackend::Postgres => column.big_integer().auto_increment().take(),
        _ => column.integer().primary_key().take(),
    }
}

/// Makes a column nullable.
pub fn nullable(mut column: ColumnDef) -> ColumnDef {
    column.null().take()
}

/// A table of rows that belong to a project each, with this primary key, which contains the project: a
/// distributed database then finds the row, and checks that it is unique, on one node.
pub fn table_of_projects<const N: usize>(
    name: &'static str,
    primary_key: [&'static str; N],
) -> TableCreateStatement {
    let mut key = Index::create();
    for column in primary_key {
        key.col(column);
    }
    Table::create()
        .table(name)
        .col(uuid("project_id"))
        .primary_key(&mut key)
        .foreign_key(&mut reference_everywhere(name, "project_id", "projects"))
        .take()
}

/// A table of rows with an id that belong to a project each.
pub fn objects_of_projects(name: &'static str) -> TableCreateStatement {
    table_of_projects(name, ["id", "project_id"]).col(uuid("id")).take()
}

/// A foreign key to a row of the same project. The referenced row cannot be deleted first.
pub fn reference(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}"))
        .from(table, (column, "project_id"))
        .to(target, ("id", "project_id"))
        .take()
}

/// A foreign key to a row of a table that every node has.
pub fn reference_everywhere(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("{table}_{column}")).from(table, column).to(target, "id").take()
}

/// An index on these columns, in this order.
pub fn index(
    name: &'static str,
    table: &'static str,
    columns: impl IntoIterator<Item = &'static str>,
) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).take();
    for column in columns {
        index.col(column);
    }
    index
}

/// A unique index on these columns, in this order.
pub fn unique_index<const N: usize>(
    name: &'static str,
    table: &'static str,
    columns: [&'static str; N],
) -> IndexCreateStatement {
    index(name, table, columns).unique().take()
}

/// Executes a statement that makes a database faster or safer, and that an engine may not know: a distributed
/// PostgreSQL rejects storage parameters, extended statistics or triggers. `verigraph doctor` names a trigger
/// that is missing.
pub async fn execute_if_supported(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    db.execute_unprepared("SAVEPOINT optional").await?;
    match db.execute_unprepared(sql).await {
        Ok(_) => db.execute_unprepared("RELEASE SAVEPOINT optional").await.map(drop),
        // The statement failed, not the connection: the transaction goes on from here.
        Err(DbErr::Exec(RuntimeErr::SqlxError(error))) if error.as_database_error().is_some() => {
            db.execute_unprepared("ROLLBACK TO SAVEPOINT optional").await.map(drop)
        }
        Err(error) => Err(error),
    }
}

/// Drops these tables, in this order.
pub async fn drop_tables<const N: usize>(
    manager: &SchemaManager<'_>,
    tables: [&'static str; N],
) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(table).take()).await?;
    }
    Ok(())
}

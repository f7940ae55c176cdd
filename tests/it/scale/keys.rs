//! Every unique index, primary and foreign key of a project's table contains the project, at the same place.

use std::collections::{BTreeMap, BTreeSet};

use migration::{HOMES, Home};
use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};
use verigraph::db::dialect::Dialect;

use crate::harness::{Db, TestApp};

/// Tables that are not of the migrations.
const FOREIGN: [&str; 4] = ["seaql_migrations", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"];

/// A number that SQLite increments has to be the primary key alone.
const ROW_IDS: [&str; 2] = ["audit_events", "events"];

async fn rows(app: &TestApp, sql: &str) -> Vec<Vec<String>> {
    let statement = Statement::from_string(app.store.dialect().backend(), sql);
    let rows = app.store.write().query_all_raw(statement).await.unwrap();
    let width = rows.first().map_or(0, |row| row.column_names().len());
    rows.iter().map(|row| (0..width).map(|index| row.try_get_by_index(index).unwrap()).collect()).collect()
}

async fn tables(app: &TestApp) -> BTreeSet<String> {
    let sql = match app.store.dialect() {
        Dialect::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'table'",
        Dialect::Postgres => "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
    };
    let named = rows(app, sql).await.into_iter().flatten();
    named.filter(|table| !FOREIGN.contains(&table.as_str())).collect()
}

/// Every unique index and primary key: table, name, columns in order.
async fn unique_keys(app: &TestApp) -> Vec<(String, String, Vec<String>)> {
    let sql = match app.store.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name, l.name, i.name FROM sqlite_schema m JOIN pragma_index_list(m.name) l \
             JOIN pragma_index_info(l.name) i WHERE m.type = 'table' AND l.\"unique\" ORDER BY m.name, l.name, i.seqno"
        }
        Dialect::Postgres => {
            "SELECT t.relname::text, x.relname::text, a.attname::text FROM pg_index i \
             JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid \
             CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place) \
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number \
             WHERE i.indisunique AND t.relnamespace = current_schema()::regnamespace \
             ORDER BY t.relname, x.relname, k.place"
        }
    };
    let mut keys: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in rows(app, sql).await {
        let [table, name, column] = <[String; 3]>::try_from(row).unwrap();
        keys.entry((table, name)).or_default().push(column);
    }
    if app.store.dialect() == Dialect::Sqlite {
        let sql = "SELECT m.name, max(c.name) FROM sqlite_schema m JOIN pragma_table_info(m.name) c \
                   WHERE m.type = 'table' AND c.pk > 0 GROUP BY m.name \
                   HAVING count(*) = 1 AND lower(max(c.type)) = 'integer'";
        for row in rows(app, sql).await {
            let [table, column] = <[String; 2]>::try_from(row).unwrap();
            keys.entry((table, "row id".to_owned())).or_default().push(column);
        }
    }
    keys.into_iter().map(|((table, name), columns)| (table, name, columns)).collect()
}

/// A foreign key: a table's columns, and those of the table that it references.
#[derive(Default)]
struct ForeignKey {
    table: String,
    columns: Vec<String>,
    target: String,
    of: Vec<String>,
}

async fn foreign_keys(app: &TestApp) -> Vec<ForeignKey> {
    let sql = match app.store.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name, CAST(f.id AS TEXT), f.\"from\", f.\"table\", f.\"to\" FROM sqlite_schema m \
             JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f.id, f.seq"
        }
        Dialect::Postgres => {
            "SELECT t.relname::text, c.conname::text, a.attname::text, r.relname::text, b.attname::text \
             FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid \
             CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k(one, other, place) \
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.one \
             JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = k.other \
             WHERE c.contype = 'f' AND t.relnamespace = current_schema()::regnamespace \
             ORDER BY t.relname, c.conname, k.place"
        }
    };
    let mut keys: BTreeMap<(String, String), ForeignKey> = BTreeMap::new();
    for row in rows(app, sql).await {
        let [table, name, column, target, of] = <[String; 5]>::try_from(row).unwrap();
        let key = ForeignKey { table: table.clone(), target, ..ForeignKey::default() };
        let key = keys.entry((table, name)).or_insert(key);
        key.columns.push(column);
        key.of.push(of);
    }
    keys.into_values().collect()
}

/// What is wrong with the keys of the tables.
async fn faults(app: &TestApp) -> Vec<String> {
    let home = |name: &str| HOMES.iter().find(|(table, _)| *table == name).map(|(_, home)| *home);
    let mut faults: Vec<String> = tables(app)
        .await
        .iter()
        .filter(|table| home(table).is_none())
        .map(|table| format!("{table} is not in HOMES"))
        .collect();
    for (table, name, columns) in unique_keys(app).await {
        let has_project = columns.iter().any(|column| column == "project_id");
        let is_row_id = name == "row id" && ROW_IDS.contains(&table.as_str());
        if home(&table) == Some(Home::Project) && !has_project && !is_row_id {
            faults.push(format!("the key {name} of {table} has no project_id: {}", columns.join(", ")));
        }
    }
    for ForeignKey { table, columns, target, of } in foreign_keys(app).await {
        let place = |columns: &[String]| columns.iter().position(|column| column == "project_id");
        let is_right = match (home(&table), home(&target)) {
            (Some(Home::Project), Some(Home::Project)) => {
                place(&columns).is_some() && place(&columns) == place(&of)
            }
            (Some(Home::Project | Home::Everywhere), Some(Home::Everywhere))
            | (Some(Home::Here), Some(Home::Here)) => true,
            _ => false,
        };
        if !is_right {
            faults.push(format!("{table} ({}) references {target} ({})", columns.join(", "), of.join(", ")));
        }
    }
    faults
}

#[rstest]
#[tokio::test]
async fn every_key_of_a_table_of_projects_contains_the_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    assert_eq!(faults(&app).await, Vec::<String>::new());
    let known: BTreeSet<String> = HOMES.iter().map(|(table, _)| (*table).to_owned()).collect();
    assert_eq!((tables(&app).await, HOMES.len()), (known.clone(), known.len()));
}

#[rstest]
#[tokio::test]
async fn a_key_without_the_project_is_found(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for sql in [
        "CREATE UNIQUE INDEX planted ON users (source_id)",
        "CREATE TABLE strays (user_id INTEGER, project_id INTEGER)",
    ] {
        app.store.write().execute_unprepared(sql).await.unwrap();
    }
    let expected = ["strays is not in HOMES", "the key planted of users has no project_id: source_id"];
    assert_eq!(faults(&app).await, expected);
}

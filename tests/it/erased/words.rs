//! Every text column of every table is filled with a canary and the user erased: no canary remains.

use std::collections::BTreeSet;

use axum::{body::Body, http::Request};
use entity::TableData;
use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use uuid::Uuid;
use verigraph::db::dialect::Dialect;

use super::{Person, erase, sandbox};
use crate::harness::{Db, TestApp};

/// Tables that are not ours: of the migrations and of the databases.
const FOREIGN: [&str; 4] = ["seaql_migrations", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"];

/// Whether a column can contain text of a caller about a person, by the declaration beside its entity.
fn can_name_a_person(table: &str, column: &str) -> bool {
    let declared = entity::TABLES.iter().find(|(name, _)| *name == table);
    match declared.map(|(_, data)| data) {
        Some(TableData::NoPerson(_)) => false,
        Some(TableData::Person { fixed }) => !fixed.contains(&column),
        None => {
            assert!(
                FOREIGN.contains(&table),
                "the table {table} does not declare what it says about persons"
            );
            false
        }
    }
}

const CANARY: &str = "canary";

async fn rows(app: &TestApp, sql: &str) -> Vec<Vec<String>> {
    let statement = Statement::from_string(app.store.dialect().backend(), sql);
    let rows = app.store.write().query_all_raw(statement).await.unwrap();
    let width = |row: &sea_orm::QueryResult| row.column_names().len();
    rows.iter().map(|row| (0..width(row)).map(|at| row.try_get_by_index(at).unwrap()).collect()).collect()
}

/// Every column of the database that can contain text: table, name, type.
async fn columns(app: &TestApp) -> Vec<[String; 3]> {
    let sql = match app.store.dialect() {
        Dialect::Sqlite => {
            "SELECT m.name, c.name, lower(c.type) FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' ORDER BY 1, c.cid"
        }
        Dialect::Postgres => {
            "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns \
             WHERE table_schema = 'public' ORDER BY 1, ordinal_position"
        }
    };
    let all = rows(app, sql).await.into_iter().map(|row| <[String; 3]>::try_from(row).unwrap());
    // SQLite stores ids as text with a type name of its own.
    let is_word = |kind: &str| {
        !kind.contains("uuid")
            && ["text", "char", "json", "blob", "bytea", "clob"].iter().any(|it| kind.contains(it))
    };
    all.filter(|[_, _, kind]| is_word(kind)).collect()
}

/// The SQL literal of a value that contains the canary.
fn canary(kind: &str, dialect: Dialect) -> String {
    if kind.contains("json") {
        format!("'\"{CANARY}\"'")
    } else if kind == "bytea" {
        format!("'{CANARY}'::bytea")
    } else if kind.contains("blob") && dialect == Dialect::Sqlite {
        format!("CAST('{CANARY}' AS BLOB)")
    } else {
        format!("'{CANARY}'")
    }
}

/// The columns that contain the canary.
async fn found(app: &TestApp) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for [table, column, _] in columns(app).await {
        let hex: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
        let says = format!(
            "CAST(\"{column}\" AS text) LIKE '%{CANARY}%' OR CAST(\"{column}\" AS text) LIKE '%{hex}%'"
        );
        if !rows(app, &format!("SELECT 'x' FROM \"{table}\" WHERE {says}")).await.is_empty() {
            found.insert(format!("{table}.{column}"));
        }
    }
    found
}

/// Fills every text that a caller may have written about a user, and returns the columns.
async fn fill(app: &TestApp, user: Uuid) -> BTreeSet<String> {
    let dialect = app.store.dialect();
    let id = match dialect {
        Dialect::Sqlite => format!("x'{}'", user.simple()),
        Dialect::Postgres => format!("'{user}'"),
    };
    let mut filled = BTreeSet::new();
    for [table, column, kind] in columns(app).await {
        let name = format!("{table}.{column}");
        if !can_name_a_person(&table, &column) {
            continue;
        }
        let whose = match table.as_str() {
            "users" => format!("id = {id}"),
            "identification_sources" => {
                format!("identification_id IN (SELECT id FROM identifications WHERE user_id = {id})")
            }
            _ => format!("user_id = {id}"),
        };
        let sql = format!("UPDATE \"{table}\" SET \"{column}\" = {} WHERE {whose}", canary(&kind, dialect));
        let done =
            app.store.write().execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        assert!(done.rows_affected() > 0, "nothing of the person is in {table}: {sql}");
        filled.insert(name);
    }
    filled
}

#[rstest]
#[tokio::test]
async fn no_text_from_a_caller_remains_of_an_erased_user(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    sandbox(&mut app).await;
    let level = app.level(None, "Level 0", 0).await;
    let person = Person::new(&app, "ada", level).await;
    let filled = fill(&app, person.user).await;
    for name in [
        "verification_results.correlation_id",
        "level_changes.reason",
        "verifications.reason",
        "verification_sessions.flow_id",
    ] {
        assert!(filled.contains(name), "{name} is not among {filled:?}");
    }
    assert_eq!(found(&app).await, filled);
    erase(&app, person.user).await;
    assert_eq!(found(&app).await, BTreeSet::new());
    // The outcome is still returned, without text.
    let query = format!(
        "{{ user(id: \"{}\") {{ status verifications {{ edges {{ node {{ reason }} }} }}
            verificationSessions {{ edges {{ node {{ flowId }} }} }} }} }}",
        person.user
    );
    let left = app.query(&query).await["user"].take();
    assert_eq!(left["status"], "Erased");
    assert_eq!(left["verifications"]["edges"][0]["node"]["reason"], "");
}

/// A name in a request id would stay in the audit forever.
#[rstest]
#[tokio::test]
async fn the_audit_stores_no_request_id_that_can_spell_a_name(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    for (given, kept) in [("ada-lovelace", false), ("0af7651916cd43dd8448eb211c80319c", true)] {
        let body = json!({ "query": "mutation { createVerificationLevel(input: { name: \"NAME\" }) { __typename } }".replace("NAME", given) });
        let request = Request::post("/graphql")
            .header("content-type", "application/json")
            .header("authorization", format!("Bearer {}", app.token))
            .header("x-request-id", given)
            .body(Body::from(body.to_string()));
        let answer = app.send(request.unwrap()).await;
        assert_eq!(answer.header("x-request-id"), given);
        let entries = app.query("{ auditEvents(first: 1) { edges { node { requestId } } } }").await;
        let id = &entries["auditEvents"]["edges"][0]["node"]["requestId"];
        assert_eq!(*id == given, kept, "{id}");
    }
}

#[rstest]
#[tokio::test]
async fn what_a_table_says_about_persons_is_declared_beside_it(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let columns = columns(&app).await;
    for (table, data) in entity::TABLES {
        let TableData::Person { fixed } = data else { continue };
        for column in *fixed {
            let exists = columns.iter().any(|[of, name, _]| of == table && name == column);
            assert!(exists, "{table} declares the column {column}, which it does not have");
        }
    }
}

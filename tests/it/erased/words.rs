//! Every text column of every table is filled with a canary and the user erased: no canary remains.

use std::collections::BTreeSet;

use axum::{body::Body, http::Request};
use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use uuid::Uuid;
use verigraph::db::dialect::Dialect;

use super::{Person, erase, sandbox};
use crate::harness::{Db, TestApp};

/// Tables without data of users, each with the reason. A new table has to be listed here, or erased.
const ABOUT_NOBODY: [(&str, &str); 24] = [
    ("counters", "numbers of a project"),
    ("credential_secrets", "of callers"),
    ("credentials", "of callers"),
    ("grant_policies", "settings of a project"),
    ("idempotency_keys", "keyed hashes, and refusals that only the caller's key opens, for a day"),
    ("import_sources", "keyed hashes"),
    ("instance", "of the installation"),
    ("integrations", "of relying parties"),
    ("project_keys", "keys of projects"),
    ("projects", "of the operator"),
    ("proofing_totals", "numbers of a project"),
    ("retention_policies", "settings of a project"),
    ("seaql_migrations", "of the installation"),
    ("signing_keys", "of the installation"),
    ("spent_tickets", "ids that the server made"),
    ("sqlite_sequence", "of the database"),
    ("sqlite_stat1", "of the database"),
    ("sqlite_stat4", "of the database"),
    ("user_lookups", "keyed hashes, deleted with the user"),
    ("validity_policies", "settings of a project"),
    ("verification_levels", "settings of a project"),
    ("webhook_deliveries", "ids, and the server's own words for what a receiver answered"),
    ("webhook_subscriptions", "of receivers"),
    ("audit_events", "never changed: ids, and request ids of hexadecimal digits"),
];

/// Columns with a fixed set of values, which cannot contain text of a caller.
const CLOSED: [&str; 25] = [
    "document_images.kind",
    "documents.findings",
    "documents.kind",
    "documents.mrz_status",
    "documents.step",
    "events.kind",
    "identifications.expert_reasons",
    "identifications.expert_status",
    "identifications.identity_document_type",
    "identifications.process",
    "identifications.pvid_reasons",
    "identifications.pvid_status",
    "identifications.qes_reasons",
    "identifications.qes_status",
    "identifications.status",
    "level_changes.level",
    "level_changes.status",
    "proofing_requests.device_check_result",
    "proofing_requests.document_authentication_result",
    "proofing_requests.state",
    // Of a user with a legal hold, who is not erased; the text is deleted when the hold is released.
    "users.hold_reason",
    "users.status",
    "verification_results.scopes",
    "verification_results.status",
    "verification_sessions.status",
];

/// A second canary, for lists of enums.
const CLOSED_LISTS: [&str; 1] = ["verification_sessions.steps"];

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
        let is_closed = CLOSED.contains(&name.as_str()) || CLOSED_LISTS.contains(&name.as_str());
        if is_closed || ABOUT_NOBODY.iter().any(|(nobody, _)| *nobody == table) {
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

//! Entries are found by their ids, without an index on them.

use std::sync::atomic::{AtomicBool, Ordering};

use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{
    audit::{Action, Entry, store},
    auth::Permissions,
    clock::time_of_id,
};

use super::everything;
use crate::{
    harness::{Db, TestApp},
    lifecycle::{fresh_token, mutate},
};

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_time_of_an_entry_is_the_time_in_its_id(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let start = app.clock.now();
    let is_over = AtomicBool::new(false);
    // The clock runs, and faster than entries are written.
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut tick = 0;
            while !is_over.load(Ordering::Relaxed) {
                tick = (tick + 1) % 1_000;
                app.clock.set(entity::Timestamp(start.0 + tick));
            }
        });
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(async {
                let transaction = app.store.begin().await.unwrap();
                for _ in 0..200 {
                    let entry = Entry::of_project(app.project, Action::GrantPolicySet);
                    store::record(&transaction, &app.clock, entry).await.unwrap();
                }
                transaction.commit().await.unwrap();
            });
        });
        is_over.store(true, Ordering::Relaxed);
    });
    let entries = everything(&app).await;
    assert!(entries.len() >= 200);
    let differing = entries.iter().filter(|entry| time_of_id(entry.id) != Some(entry.created_at)).count();
    assert_eq!(differing, 0);
}

#[rstest]
#[tokio::test]
async fn a_node_is_found_by_its_id_in_its_project_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    // Several entries of one millisecond.
    for ref_id in ["a", "b", "c"] {
        mutate(&app, "createUser", &format!("refId: \"{ref_id}\""), "").await;
    }
    let entries = everything(&app).await;
    let token = fresh_token(&app).await;
    let theirs = app.token_for(app.new_project().await, Permissions::all(), None).await;
    for entry in &entries {
        let query =
            format!("{{ node(id: \"{}\") {{ id ... on AuditEvent {{ action resourceId }} }} }}", entry.id);
        let expected = json!({ "id": entry.id, "action": entry.action, "resourceId": entry.resource_id });
        let is_own = entry.project_id == app.project;
        let expected = if is_own { expected } else { Value::Null };
        assert_eq!(app.query_as(&token, &query, json!({})).await["node"], expected);
        assert_eq!(app.query_as(&theirs, &query, json!({})).await["node"], Value::Null);
    }
}

#[rstest]
#[tokio::test]
async fn entries_about_the_project_are_found_by_its_id(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    mutate(&app, "createUser", "refId: \"a\"", "").await;
    for days in [30, 60] {
        let input = format!("dataClass: SessionMetadata, days: {days}");
        mutate(&app, "setRetentionPolicy", &input, "").await;
    }
    let query = format!(
        "{{ auditEvents(first: 2, filters: {{ resourceId: \"{}\" }}) {{ totalCount edges {{ node {{ action }} }} }} }}",
        app.project
    );
    let entries = everything(&app).await;
    let actions: Vec<_> = entries.iter().filter(|entry| entry.resource_id == app.project).collect();
    let found = app.query_as(&fresh_token(&app).await, &query, json!({})).await;
    assert_eq!(found["auditEvents"]["totalCount"], json!(actions.len()));
    let newest = actions.iter().rev().take(2).map(|entry| json!({ "node": { "action": entry.action } }));
    assert_eq!(found["auditEvents"]["edges"], newest.collect::<Value>());
    assert!(actions.len() >= 2);
}

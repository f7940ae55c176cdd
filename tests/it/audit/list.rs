//! The list of audit entries: filters, pages, who may read it, and late commits.

use std::time::Duration;

use entity::{project::Mode, role::BuiltIn};
use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use verigraph::{
    audit::{Action, Entry, store},
    auth::{Permission, Permissions},
};

use super::entries;
use crate::{
    harness::{Db, NewIdentification, NewUser, TestApp},
    lifecycle::{mutate, mutate_as},
    members::Person,
};

#[rstest]
#[tokio::test]
async fn the_list_is_filtered_and_paged(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let project = app.project_of(Mode::Sandbox).await;
    let token = app.token_for(project, Permissions::all(), None).await;
    let start = app.clock.now();
    for (minute, ref_id) in [(0, "a"), (1, "b"), (2, "c")] {
        app.clock.set(start.plus_seconds(minute * 60));
        mutate_as(&app, &token, "createUser", &format!("refId: \"{ref_id}\""), "").await;
    }
    let list = async |arguments: &str| {
        let query = format!(
            "{{ auditEvents({arguments}) {{ totalCount edges {{ cursor node {{ action createdAt }} }} }} }}"
        );
        app.query_as(&token, &query, json!({})).await["auditEvents"].take()
    };
    let users = "actions: [\"User.Created\"]";
    assert_eq!(list(&format!("filters: {{ {users} }}")).await["totalCount"], 3);
    let since =
        "createdAt: { greaterThanOrEqual: \"2026-01-15T12:01:00Z\", lessThan: \"2026-01-15T12:02:00Z\" }";
    assert_eq!(list(&format!("filters: {{ {users}, {since} }}")).await["totalCount"], 1);
    for nobody in ["actions: []", "userId: \"x\"", "resourceId: \"0\"", "credentialId: \"\""] {
        assert_eq!(list(&format!("filters: {{ {nobody} }}")).await["totalCount"], 0, "{nobody}");
    }
    let first = list(&format!("first: 2, filters: {{ {users} }}")).await;
    let at = |page: &Value, place: usize| {
        page["edges"][place]["node"]["createdAt"].as_str().unwrap()[14..16].to_owned()
    };
    assert_eq!((at(&first, 0), at(&first, 1)), ("02".to_owned(), "01".to_owned()));
    let next =
        list(&format!("first: 2, after: {}, filters: {{ {users} }}", first["edges"][1]["cursor"])).await;
    assert_eq!((at(&next, 0), next["edges"].as_array().unwrap().len()), ("00".to_owned(), 1));
}

#[rstest]
#[tokio::test]
async fn the_list_needs_its_permission_and_is_limited_to_the_project(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let other = app.new_project().await;
    app.credential(other, Permissions::all(), None).await;
    let user = app.user(NewUser::default()).await;
    app.identification(user, NewIdentification::default()).await;
    let mine = entries(&app, "").await;
    assert!(mine.iter().all(|entry| entry["resourceId"] != json!(other)), "{mine:?}");
    let theirs = app.token_for(other, Permissions::all(), None).await;
    let query = "{ auditEvents { edges { node { action credential { id } } } } }";
    let seen = app.query_as(&theirs, query, json!({})).await;
    assert_eq!(seen["auditEvents"]["edges"].as_array().unwrap().len(), 2, "its two credentials: {seen}");
    let all_but: Vec<_> =
        Permission::ALL.iter().copied().filter(|one| *one != Permission::AuditView).collect();
    let token = app.token_with(&all_but).await;
    let answer = app.run_as(&token, query, json!({})).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    // The audit contains all users, so a tag-limited caller may not read it.
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    assert_eq!(app.run_as(&limited, query, json!({})).await["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

/// PostgreSQL shows rows when they are committed, not in the order in which they are written.
#[tokio::test]
async fn a_client_that_polls_the_list_misses_no_late_commit() {
    let app = TestApp::start(Db::Postgres).await;
    let newest = async |before: &str| {
        let query = format!(
            "{{ auditEvents(last: 100 {before}) {{ edges {{ cursor node {{ action resourceId }} }} }} }}"
        );
        app.query(&query).await["auditEvents"]["edges"].as_array().unwrap().clone()
    };
    let level = |name: &str| format!("name: \"{name}\"");
    mutate(&app, "createVerificationLevel", &level("first"), "").await;
    let seen = newest("").await;
    assert!(!seen.is_empty());
    let cursor = format!("before: {}", seen[0]["cursor"]);
    // Written first, and committed last.
    let late = app.store.begin().await.unwrap();
    let resource = app.clock.new_id();
    let entry =
        Entry { project: app.project, action: Action::VerificationLevelCreated, resource, user: None };
    app.clock.set(app.clock.now().plus_seconds(1));
    store::record(&late, &app.clock, entry).await.unwrap();
    app.clock.set(app.clock.now().plus_seconds(1));
    mutate(&app, "createVerificationLevel", &level("second"), "").await;
    // A client that received the second entry now would continue after it and never receive the late one.
    assert_eq!(newest(&cursor).await, Vec::<Value>::new());
    late.commit().await.unwrap();
    let followed = newest(&cursor).await;
    assert_eq!(followed.len(), 2, "{followed:?}");
    assert_eq!(followed[1]["node"]["resourceId"], resource.to_string());
}

/// Reads begin and end all the time, and exports last for minutes.
#[tokio::test]
async fn a_read_that_is_open_holds_no_entry_back() {
    let app = TestApp::start(Db::Postgres).await;
    let statement = |sql: &str| Statement::from_string(app.store.dialect().backend(), sql);
    let read = {
        let (store, sleep) = (app.store.clone(), statement("SELECT pg_sleep(20)"));
        tokio::spawn(async move { store.read().execute_raw(sleep).await })
    };
    let open = "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(20)' AND datname = current_database()";
    while app.store.read().query_one_raw(statement(open)).await.unwrap().is_none() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    mutate(&app, "createVerificationLevel", "name: \"first\"", "").await;
    let query = "{ auditEvents { edges { node { action } } } }";
    let newest = app.query(query).await["auditEvents"]["edges"][0]["node"].take();
    assert_eq!(newest, json!({ "action": "VerificationLevel.Created" }));
    assert!(!read.is_finished());
    read.abort();
}

#[rstest]
#[tokio::test]
async fn entries_are_found_by_the_members_and_credentials_that_made_them(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "anna@example.org", BuiltIn::Owner, None).await;
    let member = browser.token(&app, app.project).await;
    for (token, ref_id) in [(&member, "a"), (&app.token, "b"), (&member, "c")] {
        mutate_as(&app, token, "createUser", &format!("refId: \"{ref_id}\""), "").await;
    }
    let list = async |filters: &str| {
        let query = format!(
            "{{ auditEvents(filters: {{ actions: [\"User.Created\"] {filters} }}) {{
                totalCount edges {{ node {{ actor {{ __typename id }} }} }} }} }}"
        );
        app.query(&query).await["auditEvents"].take()
    };
    let all = list("").await;
    let actors: Vec<_> = (0..3).map(|index| all["edges"][index]["node"]["actor"].clone()).collect();
    let [last, by_credential, first] = &actors[..] else { panic!("{all}") };
    assert_eq!((&last["__typename"], last), (&json!("Membership"), first));
    assert_eq!(by_credential["__typename"], "Credential");
    let of = |edges: Vec<&Value>| {
        let edges: Vec<_> = edges.iter().map(|actor| json!({ "node": { "actor": actor } })).collect();
        json!({ "totalCount": edges.len(), "edges": edges })
    };
    let (one, other) = (&first["id"], &by_credential["id"]);
    assert_eq!(list(&format!("actorIds: [{one}]")).await, of(vec![last, first]));
    assert_eq!(list(&format!("actorIds: [{other}]")).await, of(vec![by_credential]));
    assert_eq!(list(&format!("actorIds: [{one}, {other}]")).await, all);
    assert_eq!(list("actorIds: []").await, of(vec![]));
    assert_eq!(list("actorIds: [\"x\"]").await, of(vec![]));
}

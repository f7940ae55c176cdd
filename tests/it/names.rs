//! Search by name with an index: keyed hashes, written with every name and deleted with it.

mod building;

use std::collections::HashSet;

use axum::http::Method;
use entity::{project::Mode, user, user_name_token as token};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::Permissions,
    document::day,
    transfer::Source,
    user::{
        Personal, lookup,
        store::{NUMBERS, rotation},
    },
};

use crate::{
    harness::{Db, TestApp},
    imports::Run,
    scenarios::run as run_scenario,
    sessions::{key, send},
};

const SEARCH: &str = "query($text: String!, $filters: UserFiltersInput) { userSearch(search: {text: $text}, filters: $filters) {
    isComplete scanned looked users { totalCount edges { node { refId } } } } }";

/// Sets how a project is searched by name, and returns how much of its index is built.
pub async fn set(app: &TestApp, token: &str, way: &str) -> Value {
    let query = format!(
        "mutation {{ setNameSearch(input: {{ nameSearch: {way} }}) {{ ... on SetNameSearchSuccessPayload {{
            settings {{ nameSearch nameIndexPercent }} }} }} }}"
    );
    let mut settings = app.query_as(token, &query, json!({})).await["setNameSearch"]["settings"].take();
    assert_eq!(settings["nameSearch"], way);
    settings["nameIndexPercent"].take()
}

pub async fn search(app: &TestApp, token: &str, text: &str) -> Value {
    app.query_as(token, SEARCH, json!({ "text": text })).await["userSearch"].take()
}

/// The `refId`s of the users that were found, sorted.
fn found(result: &Value) -> Vec<&str> {
    let edges = result["users"]["edges"].as_array().unwrap();
    let mut found: Vec<_> = edges.iter().map(|edge| edge["node"]["refId"].as_str().unwrap()).collect();
    found.sort_unstable();
    found
}

async fn create(app: &TestApp, first_name: &str, last_name: &str, ref_id: &str, tags: &[&str]) -> Uuid {
    let input = json!({ "firstName": first_name, "lastName": last_name, "refId": ref_id,
        "birthDate": "1990-05-17", "tags": tags });
    let mutation = "mutation($input: CreateUserInput!) { createUser(input: $input) {
        ... on CreateUserSuccessPayload { user { id } } } }";
    let data = app.query_as(&app.token, mutation, json!({ "input": input })).await;
    data["createUser"]["user"]["id"].as_str().unwrap_or_else(|| panic!("{data}")).parse().unwrap()
}

/// Every hash of a project.
async fn rows(app: &TestApp, project: Uuid) -> HashSet<token::Model> {
    let rows = token::Entity::find().filter(token::Column::ProjectId.eq(project));
    rows.all(app.store.read()).await.unwrap().into_iter().collect()
}

/// Adds users of these names with one statement for each table.
pub async fn many(app: &TestApp, names: &[(String, String)]) {
    let keys = app.app.vault.project(app.project).await.unwrap();
    let store = &app.store;
    let count = i64::try_from(names.len()).unwrap();
    let end = verigraph::db::counter::take(store.write(), app.project, NUMBERS, count).await.unwrap();
    let (mut users, mut known) = (Vec::new(), Vec::new());
    for (index, (first, last)) in names.iter().enumerate() {
        let personal = Personal {
            first_name: Some(first.clone()),
            last_name: Some(last.clone()),
            birth_date: sea_orm::prelude::Date::from_ymd_opt(1990, 5, 17),
            ..Personal::default()
        };
        let (id, now) = (app.clock.new_id(), app.clock.now());
        let personal = personal.validate(day(now)).unwrap();
        let sealed = personal.seal_new(&keys, app.project, id).unwrap();
        let row = user::Model {
            id,
            project_id: app.project,
            ref_id: Some(format!("{first} {last} {index}")),
            source_id: None,
            number: end - i64::try_from(index).unwrap(),
            status: user::Status::Active,
            project_key_id: sealed.project_key_id,
            wrapped_key: Some(sealed.wrapped_key),
            personal: Some(sealed.personal),
            created_at: now,
            updated_at: now,
            joined_at: None,
            version: 1,
            hold_reason: None,
        };
        users.push(row.into_active_model().reset_all());
        known.push((id, personal));
    }
    let transaction = store.begin().await.unwrap();
    for some in users.chunks(500) {
        user::Entity::insert_many(some.to_vec()).exec_without_returning(&transaction).await.unwrap();
    }
    let known: Vec<_> = known.iter().map(|(id, personal)| (*id, personal)).collect();
    lookup::insert(&transaction, &app.app.vault, app.project, &known).await.unwrap();
    transaction.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn users_are_found_by_words_and_by_their_beginnings(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    create(&app, "John", "Doe", "john", &["vip"]).await;
    create(&app, "Jean-Luc", "Weiß Müller", "jean", &["retail"]).await;
    create(&app, "Li", "Doerig", "li", &[]).await;
    assert_eq!(set(&app, &app.token, "Index").await, 100);
    for (text, expected) in [
        ("doe", vec!["john", "li"]),
        ("DOÉ", vec!["john", "li"]),
        ("john doe", vec!["john"]),
        ("doe john", vec!["john"]),
        ("doer", vec!["li"]),
        ("weiss", vec!["jean"]),
        ("luc mul", vec!["jean"]),
        ("li", vec!["li"]),
        ("li doe", vec!["li"]),
        // Not in the middle of a word, and two letters are no beginning.
        ("oe", vec![]),
        ("ohn", vec![]),
        ("jo", vec![]),
        ("john smith", vec![]),
        ("doe 1990-05-17", vec!["john"]),
        ("john 1990-05-17", vec!["john"]),
        ("john doe 1990-05-17", vec!["john"]),
        ("jane doe 1990-05-17", vec![]),
        ("doe 1991-05-17", vec![]),
        // By whole values as before.
        ("3", vec!["li"]),
        ("jean", vec!["jean"]),
    ] {
        let result = search(&app, &app.token, text).await;
        assert_eq!(found(&result), expected, "{text}: {result}");
        assert_eq!(result["isComplete"], true, "{text}: {result}");
    }
    let limited = app.token_for(app.project, Permissions::all(), Some(&["vip"])).await;
    // Others are not opened either. Of a name that john lacks he might be: short hashes are shared by chance.
    let result = search(&app, &limited, "doe").await;
    assert_eq!((found(&result), &result["scanned"]), (vec!["john"], &json!(1)));
    let filtered =
        app.query_as(&app.token, SEARCH, json!({ "text": "doe", "filters": { "tags": ["vip"] } })).await;
    assert_eq!(found(&filtered["userSearch"]), ["john"]);
}

#[rstest]
#[tokio::test]
async fn every_write_of_a_name_writes_its_hashes(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let sandbox = app.project_of(Mode::Sandbox).await;
    let sandbox_token = app.token_for(sandbox, Permissions::all(), None).await;
    for token in [&app.token, &sandbox_token] {
        assert_eq!(set(&app, token, "Index").await, 100);
    }
    let changed = create(&app, "Before", "Change", "changed", &[]).await;
    let update = format!(
        "mutation {{ updateUser(input: {{ userId: \"{changed}\", lastName: \"Later\" }}) {{ __typename }} }}"
    );
    assert_eq!(app.query(&update).await["updateUser"]["__typename"], "UpdateUserSuccessPayload");
    let body =
        json!({ "refId": "session", "user": { "firstName": "Sessy", "lastName": "Rest" } }).to_string();
    assert_eq!(send(&app, Method::POST, "/v2/sessions", &key(&app).await, body).await.status, 200);
    let import = async |value: Value| {
        let (_, rejected) = Run::of(&app, Source::Verigraph).import(&format!("\n{value}")).await;
        assert!(rejected.is_empty(), "{rejected:?}");
    };
    import(json!({ "type": "user", "id": "one", "refId": "import", "personal": { "lastName": "Imported" } }))
        .await;
    import(json!({ "type": "user", "id": "one", "refId": "import", "updatedAt": "2099-01-01T00:00:00Z",
        "personal": { "lastName": "Reimported" } }))
    .await;
    let made = app
        .query_as(
            &sandbox_token,
            "mutation { createSandboxUser(input: { firstName: \"Sandy\", lastName: \"Box\" }) {
        ... on CreateSandboxUserSuccessPayload { sandboxUser { id } } } }",
            json!({}),
        )
        .await;
    let update = "mutation($id: String!) { updateSandboxUser(input: { id: $id, lastName: \"Castle\" }) { __typename } }";
    app.query_as(&sandbox_token, update, json!({ "id": made["createSandboxUser"]["sandboxUser"]["id"] }))
        .await;
    let scenario =
        json!({ "name": "new", "steps": [{ "user": { "firstName": "Scena", "lastName": "Rio" } }] });
    run_scenario(&app, &sandbox_token, &scenario.to_string(), None).await;

    for (text, expected) in
        [("later", vec!["changed"]), ("rest", vec!["session"]), ("reimported", vec!["import"])]
    {
        assert_eq!(found(&search(&app, &app.token, text).await), expected, "{text}");
    }
    for (text, count) in [("sandy castle", 1), ("box", 0), ("scena rio", 1)] {
        let result = search(&app, &sandbox_token, text).await;
        assert_eq!(
            (&result["users"]["totalCount"], &result["isComplete"]),
            (&json!(count), &json!(true)),
            "{text}"
        );
    }
    for text in ["change", "imported"] {
        assert_eq!(search(&app, &app.token, text).await["users"]["totalCount"], 0, "{text}");
    }
    // What the writes wrote is what a new index has.
    for (project, token) in [(app.project, &app.token), (sandbox, &sandbox_token)] {
        let written = rows(&app, project).await;
        assert!(written.len() > 6);
        assert_eq!(set(&app, token, "Scan").await, Value::Null);
        assert_eq!(rows(&app, project).await.len(), 0);
        assert_eq!(set(&app, token, "Index").await, 100);
        assert_eq!(rows(&app, project).await, written);
    }
}

#[rstest]
#[tokio::test]
async fn an_erased_user_is_found_by_none_of_its_names(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = create(&app, "John", "Doe", "one", &[]).await;
    let held = create(&app, "Jane", "Doe", "two", &[]).await;
    set(&app, &app.token, "Index").await;
    let mutate = async |name: &str, input: String| {
        let query = format!("mutation {{ done: {name}(input: {{ {input} }}) {{ __typename }} }}");
        app.query(&query).await["done"]["__typename"].take()
    };
    assert_eq!(mutate("eraseUser", format!("userId: \"{user}\"")).await, "EraseUserSuccessPayload");
    let hold = format!("userId: \"{held}\", reason: \"a court\"");
    assert_eq!(mutate("placeLegalHold", hold).await, "PlaceLegalHoldSuccessPayload");
    assert_eq!(mutate("eraseUser", format!("userId: \"{held}\"")).await, "EraseUserSuccessPayload");
    for text in ["john", "doe", "joh", "john 1990-05-17", "jane"] {
        assert_eq!(search(&app, &app.token, text).await["users"]["totalCount"], 0, "{text}");
    }
    let left: HashSet<Uuid> = rows(&app, app.project).await.into_iter().map(|row| row.user_id).collect();
    assert_eq!(left, HashSet::from([held]));
    let released = mutate("releaseLegalHold", format!("userId: \"{held}\"")).await;
    assert_eq!(released, "ReleaseLegalHoldSuccessPayload");
    assert_eq!(rows(&app, app.project).await.len(), 0);
    // An index that is built anew knows neither.
    set(&app, &app.token, "Off").await;
    set(&app, &app.token, "Index").await;
    assert_eq!(rows(&app, app.project).await.len(), 0);
}

#[rstest]
#[tokio::test]
async fn a_rotation_of_keys_changes_no_hash(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    create(&app, "John", "Doe", "john", &[]).await;
    set(&app, &app.token, "Index").await;
    let before = rows(&app, app.project).await;
    app.app.vault.rotate(app.project).await.unwrap();
    assert_eq!(rotation::rewrap_batch(&app.app.vault, &app.store, app.project).await.unwrap(), 1);
    assert_eq!(rows(&app, app.project).await, before);
    assert_eq!(found(&search(&app, &app.token, "doe").await), ["john"]);
    create(&app, "Jane", "Doe", "jane", &[]).await;
    assert_eq!(found(&search(&app, &app.token, "doe").await), ["jane", "john"]);
}

//! Users are found by exact values that are stored sealed only, and by callers that may see them.

use entity::{user, user_lookup};
use rstest::rstest;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    auth::Permissions,
    document::day,
    user::{Personal, lookup},
};

use crate::{
    harness::{Db, NewUser, TestApp},
    sessions::{key, start_session},
};

/// The ids of the users that a filter finds, the oldest first.
async fn found(app: &TestApp, token: &str, filters: Value) -> Vec<Uuid> {
    let query = "query ($filters: UserFiltersInput) {
        users(filters: $filters, orderBy: { field: number, direction: Asc }) { totalCount edges { node { id } } } }";
    let users = &app.query_as(token, query, json!({ "filters": filters })).await["users"];
    let ids = users["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]["id"]);
    let ids: Vec<Uuid> = ids.map(|id| id.as_str().unwrap().parse().unwrap()).collect();
    assert_eq!(users["totalCount"], ids.len());
    ids
}

const NOBODY: [Uuid; 0] = [];

fn with<'a>(email: &'a str, tags: &'a [&'a str]) -> NewUser<'a> {
    NewUser { email: Some(email), tags, ..NewUser::default() }
}

#[rstest]
#[tokio::test]
async fn a_user_is_found_by_an_address_or_number_in_any_notation(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let eva = app.user(with("Eva.Muster@Example.com", &[])).await;
    let ada = app.user(NewUser::default()).await;
    for written in ["eva.muster@example.com", "EVA.MUSTER@EXAMPLE.COM", " Eva.Muster@example.com\t"] {
        assert_eq!(found(&app, &app.token, json!({ "verifiedEmails": written })).await, [eva], "{written}");
    }
    for other in
        ["eva.muster@example.co", "eva.muster", "%", "", "\0", "+41791234567", "eva muster@example.com"]
    {
        assert_eq!(found(&app, &app.token, json!({ "verifiedEmails": other })).await, NOBODY, "{other}");
    }
    // Both have the harness's phone number, which is not an e-mail address.
    assert_eq!(found(&app, &app.token, json!({ "mobilePhoneNumbers": "+41791234567" })).await, [eva, ada]);
    assert_eq!(found(&app, &app.token, json!({ "mobilePhoneNumbers": ["+41791234568"] })).await, NOBODY);
    // Values of one kind are alternatives, kinds are combined with AND; an empty list matches no user, an
    // omitted one all.
    let both =
        json!({ "verifiedEmails": ["ada@example.com", "nobody@example.com", "eva.muster@example.com"] });
    assert_eq!(found(&app, &app.token, both).await, [eva, ada]);
    let either = json!({ "verifiedEmails": "ada@example.com", "mobilePhoneNumbers": "+41791234567", "statuses": "Active" });
    assert_eq!(found(&app, &app.token, either).await, [ada]);
    assert_eq!(found(&app, &app.token, json!({ "verifiedEmails": [] })).await, NOBODY);
    assert_eq!(found(&app, &app.token, json!({ "verifiedEmails": null })).await, [eva, ada]);
}

#[rstest]
#[tokio::test]
async fn a_phone_number_is_stored_and_found_in_e164_form(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let written = ["+41791112233", "+41 79 111 22 33", "+41-79-111.22.33", "+41 (79) 1112233"];
    let mut users = Vec::new();
    for number in written {
        let new = "mutation ($n: PhoneNumber) { createUser(input: { mobilePhoneNumber: $n }) {
                ... on CreateUserSuccessPayload { user { id mobilePhoneNumber } } } }";
        let mut made =
            app.query_as(&app.token, new, json!({ "n": number })).await["createUser"]["user"].take();
        assert_eq!(made["mobilePhoneNumber"], "+41791112233", "{number}");
        users.push(made["id"].take());
    }
    let key = key(&app).await;
    let body = json!({ "refId": "new", "user": { "phoneNumber": "+41 79 111 22 33" } });
    start_session(&app, &key, &body).await;
    let mut by_session = app.query("{ user(id: \"new\") { id mobilePhoneNumber } }").await["user"].take();
    assert_eq!(by_session["mobilePhoneNumber"], "+41791112233");
    users.push(by_session["id"].take());
    for number in written {
        let found = found(&app, &app.token, json!({ "mobilePhoneNumbers": [number] })).await;
        assert_eq!(json!(found), json!(users), "{number}");
    }
}

#[rstest]
#[tokio::test]
async fn a_domain_is_found_in_unicode_and_in_punycode(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let unicode = app.user(with("eva@b\u{fc}cher.example", &[])).await;
    let punycode = app.user(with("Eva@xn--bcher-kva.example", &[])).await;
    for written in ["eva@bu\u{308}cher.example", "EVA@XN--BCHER-KVA.EXAMPLE", "eva@B\u{dc}CHER.example"] {
        let filter = json!({ "verifiedEmails": written });
        assert_eq!(found(&app, &app.token, filter).await, [unicode, punycode], "{written}");
    }
    assert_eq!(found(&app, &app.token, json!({ "verifiedEmails": "eva@bucher.example" })).await, NOBODY);
    // Each is returned as it was written.
    let users = app
        .query("{ users(orderBy: { field: number, direction: Asc }) { edges { node { verifiedEmails } } } }")
        .await;
    let shown =
        users["users"]["edges"].as_array().unwrap().iter().map(|edge| &edge["node"]["verifiedEmails"][0]);
    assert_eq!(shown.collect::<Vec<_>>(), ["eva@b\u{fc}cher.example", "Eva@xn--bcher-kva.example"]);
}

#[rstest]
#[tokio::test]
async fn only_visible_users_are_found(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let here = app.user(with("shared@example.com", &["a"])).await;
    let project = app.new_project().await;
    let there = app.user(NewUser { project: Some(project), ..with("shared@example.com", &["a"]) }).await;
    let filter = json!({ "verifiedEmails": "shared@example.com" });
    assert_eq!(found(&app, &app.token, filter.clone()).await, [here]);
    let other = app.token_for(project, Permissions::all(), None).await;
    assert_eq!(found(&app, &other, filter.clone()).await, [there]);
    for (tag, seen) in [("a", vec![here]), ("b", vec![])] {
        let limited = app.token_for(app.project, Permissions::all(), Some(&[tag])).await;
        assert_eq!(found(&app, &limited, filter.clone()).await, seen, "{tag}");
    }
    // The hashes do not reveal that both projects have the same address.
    let rows = user_lookup::Entity::find().all(app.store.read()).await.unwrap();
    let of = |user: Uuid| rows.iter().filter(move |row| row.user_id == user).map(|row| row.hash);
    assert!(of(here).count() == 2 && of(here).all(|hash| of(there).all(|other| other != hash)));
}

#[rstest]
#[tokio::test]
async fn a_lookup_is_one_statement(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    app.user(NewUser::default()).await;
    app.take_statements();
    let filter = json!({ "verifiedEmails": "ada@example.com", "mobilePhoneNumbers": "+41791234567" });
    found(&app, &app.token, filter).await;
    assert_eq!(app.take_statements().len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_user_created_by_a_session_is_found(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let key = key(&app).await;
    let body =
        json!({ "refId": "new", "user": { "email": "Eva@Example.com", "phoneNumber": "+41791112233" } });
    start_session(&app, &key, &body).await;
    let user = app.query("{ user(id: \"new\") { id } }").await["user"]["id"].clone();
    for filter in
        [json!({ "verifiedEmails": "eva@example.com" }), json!({ "mobilePhoneNumbers": "+41791112233" })]
    {
        assert_eq!(json!(found(&app, &app.token, filter).await), json!([user]));
    }
}

/// Lookup rows are deleted with the values that they were made from.
#[rstest]
#[tokio::test]
async fn former_addresses_and_numbers_find_no_user(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let old = json!({ "verifiedEmails": "ada@example.com" });
    let write = async |personal: Personal| {
        let transaction = app.store.begin().await.unwrap();
        let personal = personal.validate(day(app.clock.now())).unwrap();
        lookup::write(&transaction, &app.app.vault, app.project, user, &personal).await.unwrap();
        transaction.commit().await.unwrap();
    };
    let emails = ["new@example.com", "New@example.com", "newer@example.com"].map(str::to_owned).to_vec();
    write(Personal { verified_emails: emails, ..Personal::default() }).await;
    assert_eq!(found(&app, &app.token, old.clone()).await, NOBODY);
    assert_eq!(found(&app, &app.token, json!({ "verifiedEmails": "newer@example.com" })).await, [user]);
    assert_eq!(found(&app, &app.token, json!({ "mobilePhoneNumbers": "+41791234567" })).await, NOBODY);
    // Erased.
    write(Personal::default()).await;
    assert_eq!(user_lookup::Entity::find().count(app.store.read()).await.unwrap(), 0);
    // Deleted.
    write(Personal { verified_emails: vec!["new@example.com".to_owned()], ..Personal::default() }).await;
    user::Entity::delete_many().filter(user::Column::Id.eq(user)).exec(app.store.write()).await.unwrap();
    assert_eq!(user_lookup::Entity::find().count(app.store.read()).await.unwrap(), 0);
}

use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::{Value, json};

use super::Person;
use crate::harness::{Db, TestApp};

const SEARCH: &str = "query($text: String!) { userSearch(search: {text: $text}) { isComplete scanned looked notAllowed \
                      users { totalCount edges { node { refId } } } } }";

async fn user(app: &TestApp, first_name: &str, last_name: &str, ref_id: &str, tags: &[&str]) {
    let input = json!({
        "firstName": first_name, "lastName": last_name, "refId": ref_id, "birthDate": "1990-05-17",
        "mobilePhoneNumber": "+33612345678", "verifiedEmails": [format!("{ref_id}@example.org")], "tags": tags,
    });
    let mutation = "mutation($input: CreateUserInput!) { createUser(input: $input) { __typename } }";
    let data = app.query_as(&app.token, mutation, json!({ "input": input })).await;
    assert_eq!(data["createUser"]["__typename"], "CreateUserSuccessPayload", "{data}");
}

async fn search(app: &TestApp, token: &str, text: &str) -> Value {
    app.query_as(token, SEARCH, json!({ "text": text })).await["userSearch"].take()
}

/// The `refId`s of the users that were found, sorted.
fn found(result: &Value) -> Vec<&str> {
    let edges = result["users"]["edges"].as_array().unwrap();
    let mut found: Vec<_> = edges.iter().map(|edge| edge["node"]["refId"].as_str().unwrap()).collect();
    found.sort_unstable();
    assert_eq!(result["users"]["totalCount"], found.len(), "{result}");
    found
}

#[rstest]
#[tokio::test]
async fn finds_a_user_by_number_reference_contact_and_parts_of_its_name(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    user(&app, "John", "Doe", "john", &["vip"]).await;
    user(&app, "Éva", "Müller", "eva", &[]).await;
    for (text, expected) in [
        ("1", vec!["john"]),
        ("eva", vec!["eva"]),
        ("doe", vec!["john"]),
        ("DOÉ", vec!["john"]),
        ("john doe", vec!["john"]),
        ("muller", vec!["eva"]),
        ("eva 1990-05-17", vec!["eva"]),
        ("eva 1991-05-17", vec![]),
        ("john@example.org", vec!["john"]),
        ("JOHN@EXAMPLE.ORG", vec!["john"]),
        ("+33 6 12 34 56 78", vec!["eva", "john"]),
        ("nobody", vec![]),
    ] {
        let result = search(&app, &app.token, text).await;
        assert_eq!(found(&result), expected, "{text}: {result}");
        assert_eq!(result["isComplete"], true, "{text}: {result}");
    }
    for text in ["", "   ", &"x".repeat(201)] {
        let body = app.run_as(&app.token, SEARCH, json!({ "text": text })).await;
        assert_eq!(body["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{body}");
    }
}

#[rstest]
#[tokio::test]
async fn finds_only_what_the_caller_may_see_and_read(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    user(&app, "John", "Doe", "john", &["vip"]).await;
    user(&app, "Jane", "Doe", "jane", &["retail"]).await;
    let (_, mut vip) = Person::invited(&app, "vito@example.org", BuiltIn::Reviewer, Some(&["vip"])).await;
    let token = vip.token(&app, app.project).await;
    for text in ["doe", "jane", "2", "jane@example.org"] {
        let result = search(&app, &token, text).await;
        let expected: Vec<&str> = if text == "doe" { vec!["john"] } else { vec![] };
        assert_eq!(found(&result), expected, "{text}: {result}");
    }

    let (_, mut support) = Person::invited(&app, "sam@example.org", BuiltIn::Support, None).await;
    let token = support.token(&app, app.project).await;
    let by_name = search(&app, &token, "doe").await;
    assert_eq!((found(&by_name), &by_name["notAllowed"]), (vec![], &json!(["NAME"])), "{by_name}");
    assert_eq!(by_name["scanned"], 0);
    let by_address = search(&app, &token, "jane@example.org").await;
    assert_eq!(found(&by_address), ["jane"], "{by_address}");
    let audited = app.query("{ auditEvents(filters: {actions: [\"Users.Searched\"]}) { totalCount } }").await;
    assert_eq!(audited["auditEvents"]["totalCount"], 6);
}

#[rstest]
#[tokio::test]
async fn a_search_that_reaches_its_limit_says_so(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    for index in 0..5 {
        user(&app, "John", "Doe", &format!("user-{index}"), &[]).await;
        app.clock.set(app.clock.now().plus_seconds(1));
    }
    let mut config = verigraph::config::Config::default();
    config.limits.name_scan_users = 3;
    app.restart_with(config);
    let result = search(&app, &app.token, "doe").await;
    assert_eq!((&result["isComplete"], &result["scanned"]), (&json!(false), &json!(3)), "{result}");
    // The newest are compared first.
    assert_eq!(found(&result), ["user-2", "user-3", "user-4"], "{result}");
}

#[rstest]
#[tokio::test]
async fn a_member_that_opens_a_user_is_recorded_once_in_ten_minutes(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    user(&app, "John", "Doe", "john", &[]).await;
    let (_, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, None).await;
    let token = browser.token(&app, app.project).await;
    let views = async || {
        let query = "{ auditEvents(filters: {actions: [\"User.Viewed\"]}) { totalCount } }";
        app.query(query).await["auditEvents"]["totalCount"].as_i64().unwrap()
    };
    let look = "{ user(id: \"john\") { lastName identifications { totalCount } } }";
    for _ in 0..3 {
        assert_eq!(app.query_as(&token, look, json!({})).await["user"]["lastName"], "Doe");
    }
    assert_eq!(views().await, 1);
    // A program is no person that looks.
    app.query(look).await;
    app.query_as(&token, "{ user(id: \"nobody\") { id } }", json!({})).await;
    assert_eq!(views().await, 1);
    app.clock.set(app.clock.now().plus_seconds(10 * 60));
    app.query_as(&token, look, json!({})).await;
    assert_eq!(views().await, 2);
}

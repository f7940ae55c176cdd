//! The settings of projects: how long members stay signed in, and whether users are searched by name.

use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::{Value, json};

use super::{Browser, Person};
use crate::harness::{Db, TestApp};

const OF_VIEWER: &str = "{ viewer { settings { nameSearch idleMinutes sessionHours } } }";

async fn set(app: &TestApp, token: &str, mutation: &str, input: &str) -> Value {
    let success = if mutation == "setNameSearch" { "SetNameSearch" } else { "SetProjectSettings" };
    let query = format!(
        "mutation {{ done: {mutation}(input: {{ {input} }}) {{ __typename
            ... on {success}SuccessPayload {{ settings {{ nameSearch idleMinutes sessionHours }} }} }} }}"
    );
    app.run_as(token, &query, json!({})).await
}

/// How long the session of a browser lasts: minutes without activity, and hours in any case.
async fn limits(app: &TestApp, browser: &mut Browser) -> (i64, i64) {
    app.app.callers.forget_sessions();
    let state = browser.state(app).await;
    let at = |name: &str| {
        let text = state["session"][name].as_str().unwrap();
        chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp()
    };
    ((at("idleAt") - at("lastSeenAt")) / 60, (at("expiresAt") - at("createdAt")) / 3600)
}

async fn audited(app: &TestApp, action: &str) -> Value {
    let query = format!("{{ auditEvents(filters: {{ actions: [\"{action}\"] }}) {{ totalCount }} }}");
    app.query(&query).await["auditEvents"]["totalCount"].take()
}

#[rstest]
#[tokio::test]
async fn a_session_lasts_as_long_as_the_project_has_set_also_if_it_has_begun(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let (_, mut auditor) = Person::invited(&app, "otto@example.org", BuiltIn::Auditor, None).await;
    let token = browser.token(&app, app.project).await;
    let defaults = json!({ "nameSearch": "Scan", "idleMinutes": 30, "sessionHours": 12 });
    assert_eq!(app.query_as(&token, OF_VIEWER, json!({})).await["viewer"]["settings"], defaults);
    assert_eq!(limits(&app, &mut browser).await, (30, 12));

    let done = set(&app, &token, "setProjectSettings", "idleMinutes: 10, sessionHours: 2").await;
    let settings = json!({ "nameSearch": "Scan", "idleMinutes": 10, "sessionHours": 2 });
    assert_eq!(done["data"]["done"]["settings"], settings, "{done}");
    // What is left out stays.
    let done = set(&app, &token, "setProjectSettings", "idleMinutes: 15").await;
    let settings = json!({ "nameSearch": "Scan", "idleMinutes": 15, "sessionHours": 2 });
    assert_eq!(done["data"]["done"]["settings"], settings, "{done}");
    let by_auditor = auditor.token(&app, app.project).await;
    assert_eq!(app.query_as(&by_auditor, OF_VIEWER, json!({})).await["viewer"]["settings"], settings);
    assert_eq!(audited(&app, "ProjectSettings.Set").await, 2);
    for browser in [&mut browser, &mut auditor] {
        assert_eq!(limits(&app, browser).await, (15, 2));
    }
    let mut second = Browser::default();
    app.clock.set(app.clock.now().plus_seconds(60));
    assert_eq!(second.sign_in(&app, &ada).await.status, 200);
    assert_eq!(limits(&app, &mut second).await, (15, 2));
    app.clock.set(app.clock.now().plus_seconds(15 * 60));
    app.app.callers.forget_sessions();
    assert!(!second.is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn of_several_projects_the_shorter_limit_counts(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let token = browser.token(&app, app.project).await;
    set(&app, &token, "setProjectSettings", "idleMinutes: 60, sessionHours: 20").await;
    assert_eq!(limits(&app, &mut browser).await, (60, 20));
    // A project without settings has the defaults, which are shorter.
    let other = app.new_project().await;
    let link = super::browser::invitation_to(&app, other, "ada@example.org", BuiltIn::Support, None).await;
    let joined = browser.post(&app, "/auth/link/join", json!({ "token": link })).await;
    assert_eq!(joined.status, 200, "{joined:?}");
    assert_eq!(limits(&app, &mut browser).await, (30, 12));
    set(&app, &token, "setProjectSettings", "idleMinutes: 20, sessionHours: 20").await;
    assert_eq!(limits(&app, &mut browser).await, (20, 12));
}

#[rstest]
#[tokio::test]
async fn settings_need_their_permission_a_recent_sign_in_and_values_within_their_bounds(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (_, mut owner) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let (_, mut admin) = Person::invited(&app, "adam@example.org", BuiltIn::Admin, None).await;
    let (owner, admin) = (owner.token(&app, app.project).await, admin.token(&app, app.project).await);
    for (mutation, input) in [("setProjectSettings", "idleMinutes: 10"), ("setNameSearch", "nameSearch: Off")]
    {
        let refused = set(&app, &admin, mutation, input).await;
        assert_eq!(refused["data"]["done"], json!({ "__typename": "ForbiddenRejection" }), "{mutation}");
    }
    for input in ["idleMinutes: 4", "idleMinutes: 121", "sessionHours: 0", "sessionHours: 25"] {
        let refused = set(&app, &owner, "setProjectSettings", input).await;
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT", "{input}: {refused}");
    }
    app.clock.set(app.clock.now().plus_seconds(6 * 60));
    for (mutation, input) in [("setProjectSettings", "idleMinutes: 10"), ("setNameSearch", "nameSearch: Off")]
    {
        let refused = set(&app, &owner, mutation, input).await;
        assert_eq!(
            refused["data"]["done"],
            json!({ "__typename": "FreshSignInNeededRejection" }),
            "{mutation}"
        );
    }
    let defaults = json!({ "nameSearch": "Scan", "idleMinutes": 30, "sessionHours": 12 });
    assert_eq!(app.query(OF_VIEWER).await["viewer"]["settings"], defaults);
}

#[rstest]
#[tokio::test]
async fn a_search_by_name_that_is_off_compares_no_name_and_says_so(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let create = "mutation { createUser(input: { refId: \"doe\", firstName: \"John\", lastName: \"Doe\" }) { __typename } }";
    app.query(create).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let token = browser.token(&app, app.project).await;
    let search = async |text: &str| {
        let query = "query($text: String!) { userSearch(search: { text: $text }) {
            looked notAllowed notOffered isComplete scanned users { totalCount } } }";
        app.query_as(&token, query, json!({ "text": text })).await["userSearch"].take()
    };
    let on = json!({ "looked": ["REF_ID", "NAME"], "notAllowed": [], "notOffered": [], "isComplete": true, "scanned": 1,
        "users": { "totalCount": 1 } });
    assert_eq!(search("john").await, on);

    let done = set(&app, &token, "setNameSearch", "nameSearch: Off").await;
    let settings = json!({ "nameSearch": "Off", "idleMinutes": 30, "sessionHours": 12 });
    assert_eq!(done["data"]["done"]["settings"], settings, "{done}");
    assert_eq!(audited(&app, "NameSearch.Set").await, 1);
    for (text, kinds) in [("john", json!(["NAME"])), ("john 1990-05-17", json!(["NAME", "BIRTH"]))] {
        let off = json!({ "looked": ["REF_ID"], "notAllowed": [], "notOffered": kinds, "isComplete": true,
            "scanned": 0, "users": { "totalCount": 0 } });
        assert_eq!(search(text).await, off, "{text}");
    }
    // Whole values are found as before.
    assert_eq!(search("doe").await["users"]["totalCount"], 1);

    set(&app, &token, "setNameSearch", "nameSearch: Scan").await;
    assert_eq!(search("john").await, on);
}

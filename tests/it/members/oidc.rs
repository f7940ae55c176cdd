use entity::{member_link::Purpose, role::BuiltIn};
use rstest::rstest;
use serde_json::{Value, json};
use verigraph::{
    config::{Config, Oidc},
    member::{
        link::{self, HOUR, NewLink},
        store,
    },
};

use super::{Browser, PASSWORD, Person, browser::code_of, oidc_provider::Provider};
use crate::harness::{Answer, Db, TestApp};

async fn start(db: Db) -> TestApp {
    TestApp::start_with(db, Config { oidc: Oidc { allow_private: true }, ..Config::default() }).await
}

/// Goes to the provider and comes back, with what the provider added to the address.
async fn go(app: &TestApp, browser: &mut Browser, provider: &Provider, purpose: &str) -> Value {
    let wanted = json!({ "provider": provider.id, "purpose": purpose });
    let started = browser.post(app, "/auth/oidc/begin", wanted).await;
    assert_eq!(started.status, 200, "{started:?}");
    provider.authorize(started.json()["url"].as_str().unwrap())
}

async fn sign_in(app: &TestApp, browser: &mut Browser, provider: &Provider) -> Answer {
    let back = go(app, browser, provider, "SIGN_IN").await;
    browser.post(app, "/auth/oidc/finish", back).await
}

/// Signs in with these groups. Returns role and number of the memberships.
async fn roles(app: &TestApp, provider: &Provider, groups: Value) -> Vec<(String, i64)> {
    provider.claims(json!({ "groups": groups }));
    let answer = sign_in(app, &mut Browser::default(), provider).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let memberships = answer.json()["memberships"].take();
    let role = |it: &Value| (it["role"]["name"].as_str().unwrap().to_owned(), it["number"].as_i64().unwrap());
    memberships.as_array().unwrap().iter().map(role).collect()
}

fn code(answer: &Answer) -> (u16, Value) {
    (answer.status.as_u16(), answer.json()["code"].take())
}

async fn members(app: &TestApp) -> usize {
    store::list(&app.store).await.unwrap().len()
}

#[rstest]
#[tokio::test]
async fn a_right_answer_signs_in_once_and_in_the_browser_that_began(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = start(db).await;
    let provider = Provider::start(&app, false).await;
    provider.map(&app, "clerks", BuiltIn::Reviewer, 10).await;
    let mut browser = Browser::default();
    let methods = browser.state(&app).await["methods"].take();
    assert_eq!(methods["oidc"], json!([{ "id": provider.id, "label": "Acme" }]));
    let back = go(&app, &mut browser, &provider, "SIGN_IN").await;
    let other = Browser::default().post(&app, "/auth/oidc/finish", back.clone()).await;
    assert_eq!(code(&other), (410, json!("LINK_SPENT")));
    let copied = browser.clone();
    let answer = browser.post(&app, "/auth/oidc/finish", back.clone()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let state = browser.state(&app).await;
    assert_eq!(
        (&state["member"]["name"], &state["member"]["email"], &state["session"]["method"]),
        (&json!("Grace Hopper"), &json!("grace@example.org"), &json!("OIDC"))
    );
    assert_eq!(state["member"]["isOperator"], false);
    let again = copied.clone().post(&app, "/auth/oidc/finish", back).await;
    assert_eq!(code(&again), (410, json!("LINK_SPENT")));
    let added = app
        .query("{ auditEvents(filters: {actions: [\"Member.SignedIn\"]}) { edges { node { actor { label } } } } }")
        .await;
    assert_eq!(added["auditEvents"]["edges"], json!([{ "node": { "actor": { "label": "Grace Hopper" } } }]));
}

#[rstest]
#[tokio::test]
async fn wrong_answers_are_refused(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = start(db).await;
    let provider = Provider::start(&app, false).await;
    provider.map(&app, "clerks", BuiltIn::Reviewer, 10).await;
    let now = app.clock.now().seconds();
    for claims in [
        json!({ "nonce": "another" }),
        json!({ "aud": "another" }),
        json!({ "iss": "http://another" }),
        json!({ "exp": now - 61 }),
    ] {
        provider.claims(claims.clone());
        let answer = sign_in(&app, &mut Browser::default(), &provider).await;
        assert_eq!(code(&answer), (401, json!("BAD_SIGN_IN")), "{claims}");
    }
    provider.claims(json!({}));
    for algorithm in ["none", "HS256"] {
        provider.change(|it| it.algorithm = algorithm);
        let answer = sign_in(&app, &mut Browser::default(), &provider).await;
        assert_eq!(code(&answer), (401, json!("BAD_SIGN_IN")), "{algorithm}");
    }
    provider.change(|it| (it.algorithm, it.has_other_challenge) = ("ES256", true));
    let answer = sign_in(&app, &mut Browser::default(), &provider).await;
    assert_eq!(code(&answer), (401, json!("BAD_SIGN_IN")), "another verifier");
    provider.change(|it| it.has_other_challenge = false);
    for (name, value) in [("state", json!("another")), ("state", Value::Null), ("code", Value::Null)] {
        let mut browser = Browser::default();
        let mut back = go(&app, &mut browser, &provider, "SIGN_IN").await;
        back[name] = value;
        let answer = browser.post(&app, "/auth/oidc/finish", back).await;
        assert_eq!(code(&answer), (401, json!("BAD_SIGN_IN")), "{name}");
    }
    let mut browser = Browser::default();
    let back = go(&app, &mut browser, &provider, "SIGN_IN").await;
    app.clock.set(app.clock.now().plus_seconds(10 * 60));
    assert_eq!(code(&browser.post(&app, "/auth/oidc/finish", back).await), (410, json!("LINK_SPENT")));
    assert_eq!(members(&app).await, 0);
    assert_eq!(sign_in(&app, &mut Browser::default(), &provider).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn the_mapped_group_of_the_lowest_rank_gives_the_role_at_each_sign_in(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = start(db).await;
    let provider = Provider::start(&app, false).await;
    provider.map(&app, "clerks", BuiltIn::Reviewer, 10).await;
    provider.map(&app, "leads", BuiltIn::Admin, 1).await;
    let first = roles(&app, &provider, json!(["clerks", "leads", "others"])).await;
    assert_eq!(first[0].0, "Admin");
    let role = |name: &str| vec![(name.to_owned(), first[0].1)];
    assert_eq!(roles(&app, &provider, json!(["clerks"])).await, role("Reviewer"));
    assert!(roles(&app, &provider, json!(["others"])).await.is_empty());
    // It comes back under its number.
    assert_eq!(roles(&app, &provider, json!(["leads"])).await, role("Admin"));
    let names = app
        .query("{ auditEvents(filters: {actions: [\"Membership.Added\", \"Membership.Changed\", \"Membership.Ended\"]}) { edges { node { action } } } }")
        .await;
    let mut names: Vec<_> = names["auditEvents"]["edges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|edge| edge["node"]["action"].as_str().unwrap().to_owned())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["Membership.Added", "Membership.Added", "Membership.Changed", "Membership.Ended"]);
}

#[rstest]
#[tokio::test]
async fn a_person_without_a_mapped_group_gets_no_account(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = start(db).await;
    let provider = Provider::start(&app, false).await;
    provider.map(&app, "clerks", BuiltIn::Reviewer, 10).await;
    for groups in [json!([]), json!(["others"]), Value::Null] {
        provider.claims(json!({ "groups": groups }));
        let mut browser = Browser::default();
        let answer = sign_in(&app, &mut browser, &provider).await;
        assert_eq!(code(&answer), (403, json!("NO_GROUP")));
        assert!(!browser.is_signed_in(&app).await);
    }
    assert_eq!(members(&app).await, 0);
}

#[rstest]
#[tokio::test]
async fn the_last_owner_stays_though_its_group_is_gone(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = start(db).await;
    let provider = Provider::start(&app, false).await;
    provider.map(&app, "owners", BuiltIn::Owner, 1).await;
    provider.map(&app, "clerks", BuiltIn::Reviewer, 10).await;
    let owner = roles(&app, &provider, json!(["owners"])).await;
    assert_eq!(roles(&app, &provider, json!([])).await, owner);
    assert_eq!(roles(&app, &provider, json!(["clerks"])).await, owner);
    Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    assert!(roles(&app, &provider, json!([])).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn an_invited_membership_stays_as_it_is(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = start(db).await;
    let provider = Provider::start(&app, false).await;
    provider.map(&app, "clerks", BuiltIn::Reviewer, 10).await;
    let (_, mut ada) = Person::invited(&app, "grace@example.org", BuiltIn::Auditor, None).await;
    // Nobody gets an account by its e-mail address.
    let answer = sign_in(&app, &mut Browser::default(), &provider).await;
    assert_eq!(code(&answer), (403, json!("EMAIL_TAKEN")));
    let back = go(&app, &mut ada, &provider, "CONNECT").await;
    let connected = ada.post(&app, "/auth/oidc/finish", back).await;
    assert_eq!(connected.status, 200, "{connected:?}");
    assert_eq!(connected.json()["ownMethods"]["providers"], json!([provider.id]));
    assert_eq!(roles(&app, &provider, json!(["clerks"])).await[0].0, "Auditor");
    assert_eq!(roles(&app, &provider, json!([])).await[0].0, "Auditor");
    // Another account cannot take it over.
    let (_, mut bob) = Person::invited(&app, "bob@example.org", BuiltIn::Auditor, None).await;
    let back = go(&app, &mut bob, &provider, "CONNECT").await;
    assert_eq!(code(&bob.post(&app, "/auth/oidc/finish", back).await), (403, json!("OTHER_ACCOUNT")));
}

#[rstest]
#[tokio::test]
async fn an_exclusive_provider_switches_other_methods_off_but_for_recovery_links(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let first = Browser::default().password(&app, &ada.email, PASSWORD).await.json();
    let provider = Provider::start(&app, true).await;
    provider.change(|it| it.is_down = true);
    let mut browser = Browser::default();
    let methods = browser.state(&app).await["methods"].take();
    assert_eq!((&methods["password"], &methods["passkey"]), (&json!(false), &json!(false)));
    let second = json!({ "attempt": first["attempt"], "code": ada.code(&app) });
    for (path, body) in [
        ("/auth/password", json!({ "email": ada.email, "password": PASSWORD })),
        ("/auth/totp", second),
        ("/auth/passkey/begin", json!({})),
    ] {
        let answer = browser.post(&app, path, body).await;
        assert_eq!(code(&answer), (403, json!("METHOD_OFF")), "{path}");
    }
    let down = browser.post(&app, "/auth/oidc/begin", json!({ "provider": provider.id })).await;
    assert_eq!(code(&down), (502, json!("PROVIDER_FAILED")));

    let member = store::find_by_email(app.store.write(), &app.root, &ada.email).await.unwrap().unwrap();
    let new = NewLink {
        purpose: Purpose::Recover,
        member: Some(member.id),
        membership: None,
        email: None,
        is_operator: false,
        created_by: None,
        life: HOUR,
    };
    let token = link::create(app.store.write(), &app.root, &app.clock, new).await.unwrap();
    let wanted = json!({ "token": token, "name": "", "locale": "en", "password": PASSWORD });
    let accepted = browser.post(&app, "/auth/link/accept", wanted).await.json();
    let confirm = json!({ "attempt": accepted["attempt"], "code": code_of(&app, &accepted) });
    assert_eq!(browser.post(&app, "/auth/link/confirm", confirm).await.status, 200);
    assert!(browser.is_signed_in(&app).await);
    // What matters most can be done too, without the provider.
    let started = browser.post(&app, "/auth/step-up/begin", json!({})).await.json();
    assert_eq!(started["methods"], json!(["PASSWORD"]));
}

#[rstest]
#[tokio::test]
async fn a_provider_proves_the_identity_by_a_sign_in_of_now(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = start(db).await;
    let provider = Provider::start(&app, false).await;
    provider.map(&app, "clerks", BuiltIn::Reviewer, 10).await;
    let mut browser = Browser::default();
    assert_eq!(sign_in(&app, &mut browser, &provider).await.status, 200);
    app.clock.set(app.clock.now().plus_seconds(10 * 60));
    app.app.callers.forget_sessions();
    let started = browser.post(&app, "/auth/step-up/begin", json!({})).await.json();
    assert_eq!((&started["methods"], &started["providers"][0]["label"]), (&json!(["OIDC"]), &json!("Acme")));
    let now = app.clock.now().seconds();
    for (claims, expected) in [
        (json!({}), 401),
        (json!({ "auth_time": now - 600 }), 401),
        (json!({ "auth_time": now, "sub": "another" }), 401),
        (json!({ "auth_time": now }), 200),
    ] {
        provider.claims(claims.clone());
        let back = go(&app, &mut browser, &provider, "STEP_UP").await;
        let answer = browser.post(&app, "/auth/oidc/finish", back).await;
        assert_eq!(answer.status, expected, "{claims}: {answer:?}");
    }
    let fresh = browser.post(&app, "/auth/passkeys/begin", json!({})).await;
    assert_eq!(fresh.status, 200, "{fresh:?}");
}

#[rstest]
#[tokio::test]
async fn a_copy_of_the_database_tells_no_secret_or_subject(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = start(db).await;
    let provider = Provider::start(&app, false).await;
    provider.map(&app, "clerks", BuiltIn::Reviewer, 10).await;
    let unfinished = go(&app, &mut Browser::default(), &provider, "SIGN_IN").await;
    assert_eq!(sign_in(&app, &mut Browser::default(), &provider).await.status, 200);
    let state = unfinished["state"].as_str().unwrap();
    for table in ["oidc_providers", "oidc_identities", "oidc_mappings", "sign_in_attempts", "members"] {
        let cells = app.cells(table).await;
        assert!(!cells.is_empty(), "{table} is empty");
        for secret in ["the secret of the client", "248289761001", "grace@example.org", state] {
            let secret = secret.as_bytes();
            let found = cells.iter().any(|cell| cell.windows(secret.len()).any(|part| part == secret));
            assert!(!found, "{table} contains {}", String::from_utf8_lossy(secret));
        }
    }
}

use entity::{member_link::Purpose, role::BuiltIn};
use rstest::rstest;
use serde_json::json;
use verigraph::member::{
    link::{self, HOUR, NewLink},
    store,
};

use super::{
    Browser, PASSWORD, Person,
    browser::{invitation, set_up},
};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn the_set_up_link_creates_the_first_owner_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut browser = Browser::default();
    assert_eq!(browser.state(&app).await["needsSetUp"], true);
    let token = set_up(&app).await;
    let opened = browser.post(&app, "/auth/link/open", json!({ "token": token })).await;
    let expected = json!({
        "purpose": "SET_UP", "email": null, "project": null, "role": null, "needsPassword": true,
    });
    assert_eq!(opened.json(), expected);
    // Opening it does not use it up.
    assert_eq!(browser.post(&app, "/auth/link/open", json!({ "token": token })).await.status, 200);

    Person::accepting(&app, &mut browser, &token, "first@example.org").await;
    let state = browser.state(&app).await;
    assert_eq!(state["member"]["isOperator"], true);
    assert_eq!(state["memberships"][0]["role"]["name"], "Owner");
    assert_eq!(state["needsSetUp"], false);

    let mut second = Browser::default();
    for path in ["/auth/link/open", "/auth/link/accept"] {
        let body = json!({ "token": token, "name": "Eve", "email": "eve@example.org", "password": PASSWORD });
        let answer = second.post(&app, path, body).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].take()), (410, json!("LINK_SPENT")));
    }
    assert_eq!(store::list(&app.store).await.unwrap().len(), 1);
}

#[rstest]
#[tokio::test]
async fn a_newer_set_up_link_replaces_the_previous_one(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (old, new) = (set_up(&app).await, set_up(&app).await);
    let mut browser = Browser::default();
    assert_eq!(browser.post(&app, "/auth/link/open", json!({ "token": old })).await.status, 410);
    assert_eq!(browser.post(&app, "/auth/link/open", json!({ "token": new })).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn two_persons_cannot_use_one_link(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = set_up(&app).await;
    let mut confirmations = Vec::new();
    for email in ["a@example.org", "b@example.org"] {
        let mut browser = Browser::default();
        let body = json!({ "token": token, "name": "A", "email": email, "password": PASSWORD });
        let accepted = browser.post(&app, "/auth/link/accept", body).await;
        assert_eq!(accepted.status, 200, "{accepted:?}");
        confirmations.push((browser, accepted.json()));
    }
    let mut statuses = Vec::new();
    for (mut browser, accepted) in confirmations {
        let code = super::browser::code_of(&app, &accepted);
        let body = json!({ "attempt": accepted["attempt"], "code": code });
        statuses.push(browser.post(&app, "/auth/link/confirm", body).await.status.as_u16());
    }
    assert_eq!(statuses, [200, 410]);
}

#[rstest]
#[tokio::test]
async fn an_invitation_expires_and_gives_its_role_and_tags(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let late = invitation(&app, "late@example.org", BuiltIn::Reviewer, None).await;
    app.clock.set(app.clock.now().plus_seconds(HOUR));
    let mut browser = Browser::default();
    assert_eq!(browser.post(&app, "/auth/link/open", json!({ "token": late })).await.status, 410);

    let (_, mut browser) = Person::invited(&app, "rosa@example.org", BuiltIn::Reviewer, Some(&["vip"])).await;
    let state = browser.state(&app).await;
    assert_eq!(state["memberships"][0]["role"]["builtIn"], "REVIEWER");
    assert_eq!(state["memberships"][0]["tagLimits"], json!(["vip"]));
}

#[rstest]
#[tokio::test]
async fn a_weak_password_is_refused_with_advice(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = set_up(&app).await;
    for password in ["short", "passwordpassword", "ada lovelace ada"] {
        let body = json!({
            "token": token, "name": "Ada Lovelace", "email": "ada@example.org", "password": password,
        });
        let answer = Browser::default().post(&app, "/auth/link/accept", body).await;
        assert_eq!((answer.status.as_u16(), answer.json()["code"].take()), (400, json!("WEAK_PASSWORD")));
        assert!(!answer.text.contains(password), "{answer:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_recovery_link_replaces_the_methods_and_ends_the_sessions(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut old) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
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
    let mut browser = Browser::default();
    let recovered = Person::accepting(&app, &mut browser, &token, &ada.email).await;
    assert!(browser.is_signed_in(&app).await && !old.is_signed_in(&app).await);
    app.clock.set(app.clock.now().plus_seconds(60));
    assert_eq!(Browser::default().sign_in(&app, &ada).await.status, 401);
    assert_eq!(Browser::default().sign_in(&app, &recovered).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn a_set_up_link_ends_with_the_first_member(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let token = set_up(&app).await;
    Person::invited(&app, "invited@example.org", BuiltIn::Auditor, None).await;
    let answer = Browser::default().post(&app, "/auth/link/open", json!({ "token": token })).await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].take()), (410, json!("LINK_SPENT")));
}

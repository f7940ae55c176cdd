use entity::role::BuiltIn;
use rstest::rstest;
use serde_json::json;

use super::{Browser, PASSWORD, Person};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn wrong_passwords_do_not_keep_the_owner_out_on_a_known_device(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let (ada, mut known) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    known.post(&app, "/auth/sign-out", json!({})).await;
    let mut attacker = Browser::default();
    let mut paused = 0;
    for _ in 0..100 {
        let answer = attacker.password(&app, &ada.email, "not the password at all").await;
        match answer.status.as_u16() {
            401 => {}
            429 => {
                let body = answer.json();
                assert_eq!(body["code"], "PAUSED", "{body}");
                assert!(body["retryAfter"].as_i64().unwrap() > 0, "{body}");
                paused += 1;
            }
            other => panic!("{other}: {answer:?}"),
        }
    }
    assert_eq!(paused, 95);
    // The right password waits as well on an unknown device, and not on a known one.
    assert_eq!(attacker.password(&app, &ada.email, PASSWORD).await.status, 429);
    assert_eq!(known.sign_in(&app, &ada).await.status, 200);
}

#[rstest]
#[tokio::test]
async fn a_pause_ends_and_the_next_one_is_twice_as_long(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut browser = Browser::default();
    let mut pauses = Vec::new();
    for _ in 0..7 {
        loop {
            let answer = browser.password(&app, "nobody@example.org", "not the password at all").await;
            if answer.status == 401 {
                break;
            }
            let seconds = answer.json()["retryAfter"].as_i64().unwrap();
            pauses.push(seconds);
            app.clock.set(app.clock.now().plus_seconds(seconds));
        }
    }
    assert_eq!(pauses, [1, 2]);
}

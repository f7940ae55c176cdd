use std::time::{Duration, Instant};

use entity::{member::Status, member_password, role::BuiltIn};
use rstest::rstest;
use sea_orm::EntityTrait;
use verigraph::member::store::{find_by_email, set_status};

use super::{Browser, Person};
use crate::harness::{Answer, Db, TestApp};

/// Tries of each address.
const TRIES: u32 = 200;

const WRONG: &str = "not the password at all";

/// A sign-in that fails, from a network of its own and an hour later: neither the network nor the account is paused.
async fn refused(app: &TestApp, (email, password): (&str, &str), number: u32) -> (Duration, Answer) {
    app.clock.set(app.clock.now().plus_seconds(60 * 60));
    let [.., high, low] = number.to_be_bytes();
    let mut browser = Browser::from_address(&format!("10.{high}.{low}.1"));
    let start = Instant::now();
    let answer = browser.password(app, email, password).await;
    let took = start.elapsed();
    // The audit entry of the known account is written after the answer: it must not delay the next try.
    tokio::time::sleep(Duration::from_millis(10)).await;
    (took, answer)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

#[rstest]
#[tokio::test]
async fn a_known_and_an_unknown_address_cannot_be_told_apart(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..TRIES {
        let of_known = refused(&app, (&ada.email, WRONG), 2 * number).await;
        let of_unknown = refused(&app, ("eve@example.org", WRONG), 2 * number + 1).await;
        assert_eq!(of_known.1.status, 401, "{:?}", of_known.1);
        assert_eq!((of_known.1.status, of_known.1.text), (of_unknown.1.status, of_unknown.1.text));
        known.push(of_known.0);
        unknown.push(of_unknown.0);
    }
    let (known, unknown) = (median(known).as_secs_f64(), median(unknown).as_secs_f64());
    let difference = (known - unknown).abs() / known.max(unknown);
    assert!(difference < 0.1, "known {known} s, unknown {unknown} s");
}

/// On a busy database the time of one statement more would tell that an address is known.
#[rstest]
#[tokio::test]
async fn a_known_and_an_unknown_address_cost_the_same_statements(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (with_password, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let (without, _) = Person::invited(&app, "bob@example.org", BuiltIn::Reviewer, None).await;
    let (suspended, _) = Person::invited(&app, "sam@example.org", BuiltIn::Reviewer, None).await;
    let member = async |email| find_by_email(app.store.write(), &app.app.root, email).await.unwrap().unwrap();
    let id = member(&without.email).await.id;
    member_password::Entity::delete_by_id(id).exec(app.store.write()).await.unwrap();
    let id = member(&suspended.email).await.id;
    set_status(&app.store, &app.clock, id, Status::Suspended).await.unwrap();
    let mut costs = Vec::new();
    for (number, (email, password)) in [
        (with_password.email.as_str(), WRONG),
        (&without.email, WRONG),
        (&suspended.email, &suspended.password),
        ("eve@example.org", WRONG),
    ]
    .into_iter()
    .enumerate()
    {
        app.take_statements();
        let (_, answer) = refused(&app, (email, password), u32::try_from(number).unwrap()).await;
        assert_eq!(answer.status, 401, "{email}");
        let mut statements = app.take_statements();
        // What is recorded afterwards does not delay the answer.
        let last = statements.iter().rposition(|sql| sql.contains("sign_in_failures")).unwrap();
        statements.truncate(last + 1);
        costs.push(statements);
    }
    assert_eq!(costs, vec![costs[0].clone(); costs.len()]);
}

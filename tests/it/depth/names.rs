//! A search by an index of names reads the users that share a hash, not the others.

use std::time::Duration;

use rstest::rstest;
use verigraph::timer::Timer;

use crate::{
    harness::{Db, TestApp},
    names::{many, search, set},
};

const USERS: usize = 12_000;
/// Caller and keys, which are kept for a while, settings, index, whole values, two look-ups each with the users that it
/// gives, and the page.
const STATEMENTS: usize = 10;

#[rstest]
#[tokio::test]
async fn a_name_is_found_by_index_seeks(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let firsts = ["Anna", "Bruno", "Carla", "Dario", "Elena", "Fabio", "Gianna", "Hugo"];
    let names: Vec<_> = (0..USERS)
        .map(|index| {
            let digit =
                |place: u32| char::from(b'a' + u8::try_from(index / 16_usize.pow(place) % 16).unwrap());
            (firsts[index % 8].to_owned(), format!("{}{}{}{}son", digit(0), digit(1), digit(2), digit(3)))
        })
        .collect();
    many(&app, &names).await;
    set(&app, &app.token, "Index").await;
    Timer::new(&app.app.services).build_names(Duration::MAX).await.unwrap();
    app.store.analyze().await.unwrap();
    let last = &names[1234].1;
    for text in [last.clone(), last[..4].to_owned(), format!("Carla {last}"), format!("{last} 1990-05-17")] {
        app.take_statements();
        let result = search(&app, &app.token, &text).await;
        let [is_complete, total] = [&result["isComplete"], &result["users"]["totalCount"]];
        assert_eq!((is_complete, total), (&true.into(), &1.into()), "{text}");
        let statements = app.take_bound_statements();
        let selects: Vec<_> =
            statements.into_iter().filter(|statement| statement.sql.starts_with("SELECT")).collect();
        assert!(selects.iter().any(|statement| statement.sql.contains("user_name_tokens")));
        assert!(selects.len() <= STATEMENTS, "{text}: {selects:#?}");
        for statement in selects {
            let read = app.explain(statement).await;
            // A first name of an eighth of the users, at most.
            read.assert_bounded(f64::from(u32::try_from(USERS).unwrap()) / 4.0, &text);
            read.assert_no_scans(&["users", "user_name_tokens"], &text);
        }
    }
}

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::role::BuiltIn;
use migration::HOMES;
use rstest::rstest;
use verigraph::config::Config;

use super::{Browser, Person, passkeys};
use crate::harness::{Db, TestApp};

/// The tables of accounts: none of them is empty here.
const TABLES: [&str; 11] = [
    "members",
    "memberships",
    "roles",
    "member_passkeys",
    "member_passwords",
    "member_totps",
    "member_recovery_codes",
    "member_sessions",
    "member_links",
    "sign_in_attempts",
    "sign_in_failures",
];

#[rstest]
#[tokio::test]
async fn a_copy_of_the_database_tells_no_name_address_or_secret(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (ada, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    passkeys::add(&app, &mut browser, &mut passkeys::device(), "Ada's key").await;
    let unfinished = Browser::default().password(&app, &ada.email, &ada.password).await.json();
    // A wrong password, so that a failure is counted.
    Browser::default().password(&app, "eve@example.org", "not the password at all").await;
    let token = browser.cookies["verigraph-local"].clone();
    assert!(browser.is_signed_in(&app).await);
    let secrets = [
        ada.email.as_bytes().to_vec(),
        b"Lovelace".to_vec(),
        ada.password.as_bytes().to_vec(),
        ada.secret.as_bytes().to_vec(),
        ada.recovery_codes[0].replace('-', "").into_bytes(),
        token.clone().into_bytes(),
        BASE64_URL_SAFE_NO_PAD.decode(&token).unwrap(),
        unfinished["attempt"].as_str().unwrap().as_bytes().to_vec(),
    ];
    for (table, _) in HOMES {
        let rows = app.cells(table).await;
        assert!(!rows.is_empty() || !TABLES.contains(table), "{table} is empty");
        for secret in &secrets {
            let found = rows.iter().any(|cell| cell.windows(secret.len()).any(|part| part == secret));
            assert!(!found, "{table} contains {}", String::from_utf8_lossy(secret));
        }
    }
}

#[rstest]
#[tokio::test]
async fn nothing_that_is_stored_of_a_session_signs_in(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let (_, mut browser) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    assert!(browser.is_signed_in(&app).await);
    let stored = app.cells("member_sessions").await;
    assert!(stored.iter().any(|cell| cell.len() == 32), "the hash of the cookie");
    for cell in stored {
        let hex: String = cell.iter().map(|byte| format!("{byte:02x}")).collect();
        let plain =
            String::from_utf8(cell.clone()).ok().filter(|text| text.bytes().all(|it| it.is_ascii_graphic()));
        for value in [Some(hex), plain, Some(BASE64_URL_SAFE_NO_PAD.encode(&cell))].into_iter().flatten() {
            let mut thief = browser.clone();
            thief.cookies.insert("verigraph-local".to_owned(), value.clone());
            assert!(!thief.is_signed_in(&app).await, "{value}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn behind_https_the_cookie_is_for_this_host_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    let (ada, _) = Person::invited(&app, "ada@example.org", BuiltIn::Owner, None).await;
    let public_url = Some("https://id.example.org".to_owned().try_into().unwrap());
    app.restart_with(Config { public_url, ..Config::default() });
    let mut browser = Browser::default()
        .with("host", Some("id.example.org"))
        .with("origin", Some("https://id.example.org"));
    let answer = browser.sign_in(&app, &ada).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let cookies: Vec<_> =
        answer.headers.get_all("set-cookie").iter().map(|it| it.to_str().unwrap()).collect();
    let session = cookies.iter().find(|cookie| cookie.starts_with("__Host-verigraph=")).unwrap();
    for part in ["; HttpOnly", "; Secure", "; SameSite=Strict", "; Path=/"] {
        assert!(session.contains(part), "{session}");
    }
    assert!(!session.contains("Domain"), "{session}");
    assert!(browser.is_signed_in(&app).await);
}

#[rstest]
#[tokio::test]
async fn without_https_people_sign_in_on_this_machine_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut remote =
        Browser::default().with("host", Some("192.0.2.7:8080")).with("origin", Some("http://192.0.2.7:8080"));
    let answer = remote.password(&app, "ada@example.org", "x").await;
    assert_eq!((answer.status.as_u16(), answer.json()["code"].as_str().unwrap()), (409, "NOT_CONFIGURED"));
    assert!(answer.text.contains("public_url"), "{answer:?}");
}

//! Credentials: a secret is shown once and not stored, two are valid while one replaces the other, and a
//! revoked credential has none.

use std::path::Path;

use rstest::rstest;
use sea_orm::{ConnectionTrait, Statement};
use verigraph::auth::{Permissions, credential};

use crate::harness::{Db, TestApp};

async fn is_valid(app: &TestApp, client_id: &str, secret: &str) -> bool {
    let now = app.clock.now();
    credential::authenticate(&app.store, &app.root, now, client_id, secret).await.unwrap().is_some()
}

/// The complete contents of the database: the bytes of its files, or each row of each table as text.
async fn whole_database(app: &TestApp) -> Vec<u8> {
    let rows = async |sql: String| {
        let statement = Statement::from_string(app.store.dialect().backend(), sql);
        app.store.read().query_all_raw(statement).await.unwrap()
    };
    let mut bytes = Vec::new();
    match app.db {
        Db::Sqlite => {
            let file: String = rows("PRAGMA database_list".to_owned()).await[0].try_get("", "file").unwrap();
            for path in [file.clone(), format!("{file}-wal")] {
                assert!(Path::new(&path).exists(), "{path}");
                bytes.extend(std::fs::read(path).unwrap());
            }
        }
        Db::Postgres => {
            let tables =
                "SELECT table_name::text FROM information_schema.tables WHERE table_schema = 'public'";
            for table in rows(tables.to_owned()).await {
                let table: String = table.try_get_by_index(0).unwrap();
                for row in rows(format!("SELECT t::text FROM {table} t")).await {
                    bytes.extend(row.try_get_by_index::<String>(0).unwrap().into_bytes());
                }
            }
        }
    }
    bytes
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[rstest]
#[tokio::test]
async fn a_secret_is_not_stored(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let next =
        credential::rotate(&app.store, &app.root, &app.clock, &pair.client_id, 60).await.unwrap().unwrap();
    let database = whole_database(&app).await;
    assert!(contains(&database, pair.client_id.as_bytes()), "this is where it would be");
    for secret in [&pair.client_secret, &next.client_secret] {
        // Also without its prefix, as raw bytes, and as PostgreSQL prints bytes.
        let random = secret.strip_prefix("vgs_").unwrap();
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
        for form in [random.to_owned(), hex(random), hex(secret)] {
            assert!(!contains(&database, form.as_bytes()), "{form}");
        }
        let hash = app.root.hash_secret(secret);
        let printed: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(contains(&database, &hash) || contains(&database, printed.as_bytes()), "its hash is there");
    }
}

/// The hash is keyed, so that a stolen database does not allow guesses to be checked.
#[rstest]
#[tokio::test]
async fn a_secret_hash_is_bound_to_the_root_key(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let root = verigraph::crypto::RootKey::parse("QkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkI=").unwrap();
    let now = app.clock.now();
    let found = credential::authenticate(&app.store, &root, now, &pair.client_id, &pair.client_secret).await;
    assert!(found.unwrap().is_none());
    assert!(is_valid(&app, &pair.client_id, &pair.client_secret).await);
}

#[rstest]
#[tokio::test]
async fn secrets_and_client_ids_are_long_and_unique(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let a = app.credential(app.project, Permissions::all(), None).await;
    let b = app.credential(app.project, Permissions::all(), None).await;
    // 43 letters of base64 hold 256 bits.
    assert_eq!((a.client_secret.len(), b.client_secret.len()), (4 + 43, 4 + 43));
    assert_ne!(a.client_secret, b.client_secret);
    assert_ne!(a.client_id, b.client_id);
}

#[rstest]
#[tokio::test]
async fn a_rotated_secret_is_valid_for_the_grace_period(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let first = app.credential(app.project, Permissions::all(), None).await;
    let id = &first.client_id;
    let rotate =
        async |keep| credential::rotate(&app.store, &app.root, &app.clock, id, keep).await.unwrap().unwrap();
    let start = app.clock.now();
    let second = rotate(60).await;
    assert_eq!((&second.client_id, second.credential), (id, first.credential));
    let live = async || {
        [is_valid(&app, id, &first.client_secret).await, is_valid(&app, id, &second.client_secret).await]
    };
    assert_eq!(live().await, [true, true]);
    app.clock.set(start.plus_seconds(59));
    assert_eq!(live().await, [true, true]);
    app.clock.set(start.plus_seconds(60));
    assert_eq!(live().await, [false, true]);
    app.clock.set(start.plus_seconds(1_000_000_000));
    assert_eq!(live().await, [false, true], "the new one does not end by itself");
}

/// At most two are valid: a third replaces the oldest.
#[rstest]
#[tokio::test]
async fn a_second_rotation_expires_the_oldest_secret_at_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let first = app.credential(app.project, Permissions::all(), None).await;
    let id = &first.client_id;
    let rotate =
        async |keep| credential::rotate(&app.store, &app.root, &app.clock, id, keep).await.unwrap().unwrap();
    let start = app.clock.now();
    let second = rotate(600).await;
    app.clock.set(start.plus_seconds(1));
    let third = rotate(6000).await;
    let live = async || {
        let mut live = Vec::new();
        for pair in [&first, &second, &third] {
            live.push(is_valid(&app, id, &pair.client_secret).await);
        }
        live
    };
    assert_eq!(live().await, [false, true, true]);
    app.clock.set(start.plus_seconds(6001));
    assert_eq!(live().await, [false, false, true]);
}

/// Another rotation with a longer grace period does not extend a secret that already expires.
#[rstest]
#[tokio::test]
async fn rotation_never_extends_a_secret(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let first = app.credential(app.project, Permissions::all(), None).await;
    let id = &first.client_id;
    let rotate =
        async |keep| credential::rotate(&app.store, &app.root, &app.clock, id, keep).await.unwrap().unwrap();
    let start = app.clock.now();
    let second = rotate(10).await;
    app.clock.set(start.plus_seconds(1));
    rotate(0).await;
    assert!(!is_valid(&app, id, &first.client_secret).await);
    assert!(!is_valid(&app, id, &second.client_secret).await, "no grace time: it ends now");
    app.clock.set(start.plus_seconds(2));
    let last = rotate(1000).await;
    for secret in [&first.client_secret, &second.client_secret] {
        assert!(!is_valid(&app, id, secret).await);
    }
    assert!(is_valid(&app, id, &last.client_secret).await);
}

#[rstest]
#[tokio::test]
async fn revoking_a_credential_expires_every_secret(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let first = app.credential(app.project, Permissions::all(), None).await;
    let id = &first.client_id;
    let rotate = async || credential::rotate(&app.store, &app.root, &app.clock, id, 60).await.unwrap();
    let second = rotate().await.unwrap();
    assert!(credential::revoke(&app.store, &app.clock, id).await.unwrap());
    for secret in [&first.client_secret, &second.client_secret] {
        assert!(!is_valid(&app, id, secret).await);
    }
    assert!(rotate().await.is_none(), "nor does it get a new one");
    assert!(!credential::revoke(&app.store, &app.clock, id).await.unwrap());
    assert!(!credential::revoke(&app.store, &app.clock, "vgc_unknown").await.unwrap());
}

/// `Debug` output contains no secret.
#[rstest]
#[tokio::test]
async fn a_listed_credential_shows_no_secret(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let pair = app.credential(app.project, Permissions::all(), None).await;
    let other = app.new_project().await;
    app.credential(other, Permissions::all(), None).await;
    let rows = credential::list(&app.store, app.project).await.unwrap();
    assert!(rows.iter().any(|row| row.client_id == pair.client_id));
    assert!(rows.iter().all(|row| row.project_id == app.project), "no other project's");
    assert!(!format!("{rows:?}").contains(&pair.client_secret));
    assert_eq!(format!("{:?}", app.root), "RootKey([secret])");
}

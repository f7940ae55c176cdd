//! Personal data cannot be read where it is stored, and its keys can be rotated while they are in use.

use entity::{document_image, project_key, user, verification_session::Step};
use futures_util::future::join;
use rstest::rstest;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, Statement,
    sea_query::Expr,
};
use serde_json::{Value, json};
use uuid::Uuid;
use verigraph::{
    crypto::{self, Vault},
    db::dialect::Dialect,
    document::{
        Fields,
        store::image::{IMAGE, THUMBNAIL},
    },
    user::{personal::key_for, store::rotation},
};

use crate::{
    harness::{Db, NewDocument, NewProofing, NewSession, NewUser, TestApp, picture},
    proofing_rest::images::put,
};

const NAMES: &str = "query ($id: String!) { user(id: $id) { refId firstName lastName verifiedEmails } }";

async fn names(app: &TestApp, user: Uuid) -> Value {
    app.run_as(&app.token, NAMES, json!({ "id": user })).await
}

fn readable() -> Value {
    let emails = ["ada@example.com"];
    json!({ "user": { "refId": null, "firstName": "Ada", "lastName": "Muster", "verifiedEmails": emails } })
}

/// Every value of every row of every table, as text printed by the database.
pub async fn dump(app: &TestApp) -> String {
    let db = app.store.write();
    let backend = app.store.dialect().backend();
    let (tables, row) = match app.store.dialect() {
        Dialect::Sqlite => ("SELECT name FROM sqlite_master WHERE type = 'table'", "*"),
        Dialect::Postgres => ("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", "t::text"),
    };
    let tables = db.query_all_raw(Statement::from_string(backend, tables)).await.unwrap();
    let mut text = String::new();
    for table in tables {
        let table: String = table.try_get_by_index(0).unwrap();
        let rows = Statement::from_string(backend, format!("SELECT {row} FROM \"{table}\" t"));
        for row in db.query_all_raw(rows).await.unwrap() {
            match app.store.dialect() {
                Dialect::Postgres => text.push_str(&row.try_get_by_index::<String>(0).unwrap()),
                Dialect::Sqlite => {
                    let row = sea_orm::JsonValue::from_query_result(&row, "").unwrap();
                    text.push_str(&row.to_string());
                }
            }
        }
    }
    text
}

/// Everything in the files of a directory.
pub fn files(directory: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(files(&path));
        } else {
            bytes.extend(std::fs::read(path).unwrap());
        }
    }
    bytes
}

pub fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// Personal data of the harness's users, in every form that a careless write could leave it in.
const CANARIES: [&str; 9] = [
    "CANARY",
    "203.0.113",
    "Ada",
    "Muster",
    "1990-05-17",
    "Zürich",
    "+41791234567",
    "41791234567",
    "ada@example.com",
];

#[rstest]
#[tokio::test]
async fn a_copy_of_the_storage_reveals_no_personal_data(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    assert_eq!(names(&app, user).await, json!({ "data": readable() }));
    let request = app.proofing(NewProofing { user: Some(user), ..NewProofing::default() }).await.id;
    let image = [picture(), b"canary of an image".to_vec(), vec![7; 4000]].concat();
    assert_eq!(put(&app, &app.token, &request.to_string(), "0", &image).await.status, 200);

    let session = app.session(user, NewSession::default()).await;
    let text = |text: &str| Some(text.to_owned());
    let fields = Fields {
        first_name: text("CANARYNAME"),
        id_number: text("CANARYNUMBER"),
        address: text("CANARYSTREET"),
        date_of_birth: sea_orm::prelude::Date::from_ymd_opt(1990, 5, 17),
        mrz: vec!["P<UTOCANARYZONE".to_owned()],
        ..Fields::default()
    };
    let new = NewDocument { step: Step::IdDocument, kind: None, fields, identification: None };
    let document = app.document(&session, new).await;
    let kept = app.image(&document, document_image::Kind::Front).await;
    let key = key_for(&app.store, &app.app.vault, app.project, Some(user)).await.unwrap().unwrap();
    let mut plain = Vec::new();
    for name in [IMAGE, THUMBNAIL] {
        plain.push(app.app.images.read(&key, app.project, kept.id, name).await.unwrap().unwrap());
    }
    plain.push(app.app.images.read(&key, app.project, request, "front").await.unwrap().unwrap());
    // Through the mutation as well, whose idempotency key is stored with a digest.
    let submit = format!(
        "mutation {{ submitSessionDocument(input: {{ sessionId: \"{}\", step: ID_DOCUMENT, idempotencyKey: \"k\",
                fields: {{ lastName: \"CANARYNAME\", mrzLines: [\"CANARYZONE\"] }} }}) {{ __typename }} }}",
        session.id
    );
    assert_eq!(
        app.query(&submit).await["submitSessionDocument"]["__typename"],
        "SubmitSessionDocumentSuccessPayload"
    );

    let dump = dump(&app).await;
    assert!(dump.contains(&user.to_string()) || app.db == Db::Sqlite, "the dump has rows");
    assert!(dump.len() > 1000, "{dump}");
    for canary in CANARIES {
        assert!(!dump.contains(canary), "{canary}");
    }
    // The directory has the images and, on SQLite, the database file and its journal.
    let files = files(app.directory());
    assert!(files.len() > plain.iter().map(Vec::len).sum());
    for canary in CANARIES.iter().map(|canary| canary.as_bytes()).chain([b"canary of an image".as_slice()]) {
        assert!(!contains(&files, canary), "{}", String::from_utf8_lossy(canary));
    }
    for image in plain {
        // The image's header and a part of its middle.
        for part in [&image[..16], &image[image.len() / 2..image.len() / 2 + 16]] {
            assert!(!contains(&files, part), "an image lies open");
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_sealed_value_can_be_opened_in_its_own_row_only(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let [victim, thief] = [app.user(NewUser::default()).await, app.user(NewUser::default()).await];
    let row = user::Entity::find_by_id((victim, app.project)).one(app.store.write()).await.unwrap().unwrap();
    let fault = |answer: Value| {
        assert_eq!(answer["data"]["user"]["firstName"], Value::Null, "{answer}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "INTERNAL", "{answer}");
        assert!(!answer.to_string().contains("Ada"), "{answer}");
    };
    // Tried with its key: the value alone, and the value with one bit changed.
    let mut changed = row.personal.clone().unwrap();
    changed[40] ^= 1;
    for (of, key, personal) in [
        (thief, row.wrapped_key.clone(), row.personal.clone()),
        (victim, row.wrapped_key.clone(), Some(changed)),
    ] {
        let set = user::Entity::update_many()
            .col_expr(user::Column::WrappedKey, Expr::value(key))
            .col_expr(user::Column::Personal, Expr::value(personal));
        set.filter(user::Column::Id.eq(of)).exec(app.store.write()).await.unwrap();
        fault(names(&app, of).await);
    }
}

#[rstest]
#[tokio::test]
async fn a_user_without_its_key_has_no_personal_data(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let user = app.user(NewUser::default()).await;
    let gone = user::Entity::update_many().col_expr(user::Column::WrappedKey, Expr::value(None::<Vec<u8>>));
    gone.exec(app.store.write()).await.unwrap();
    let nobody = json!({ "user": {
        "refId": null, "firstName": null, "lastName": null, "verifiedEmails": [],
    } });
    assert_eq!(names(&app, user).await, json!({ "data": nobody }));
}

/// Readers and writers run throughout, and a rotation that was interrupted half-way is resumed.
#[rstest]
#[tokio::test]
async fn keys_are_rotated_while_they_are_in_use(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let mut users = Vec::new();
    for _ in 0..1_100 {
        users.push(app.user(NewUser::default()).await);
    }
    let vault = Vault::new(app.store.clone(), app.root.clone(), app.clock.clone());
    let old = vault.project(app.project).await.unwrap().current();
    let new = vault.rotate(app.project).await.unwrap().current();
    assert_ne!(old, new);
    assert_eq!(rotation::count_outdated(&app.store, app.project, new).await.unwrap(), 1_100);
    let step = rotation::rewrap_batch(&vault, &app.store, app.project);
    let reads = async {
        for user in &users[..100] {
            assert_eq!(names(&app, *user).await, json!({ "data": readable() }));
        }
    };
    let (stepped, ()) = join(step, reads).await;
    assert_eq!(stepped.unwrap(), 500);
    assert_eq!(
        crypto::rotation::discard(&app.store, app.project, new, rotation::project_keys_in_use(app.project))
            .await
            .unwrap(),
        0,
        "it is still in use"
    );
    // Another process resumes the rotation: it starts by reading the keys.
    let vault = Vault::new(app.store.clone(), app.root.clone(), app.clock.clone());
    assert_eq!(vault.project(app.project).await.unwrap().current(), new);
    let mut steps = Vec::new();
    while steps.last() != Some(&0) {
        steps.push(rotation::rewrap_batch(&vault, &app.store, app.project).await.unwrap());
    }
    assert_eq!(steps, [500, 100, 0]);
    assert_eq!(
        crypto::rotation::discard(&app.store, app.project, new, rotation::project_keys_in_use(app.project))
            .await
            .unwrap(),
        1
    );
    assert_eq!(project_key::Entity::find().count(app.store.write()).await.unwrap(), 1);
    // The server still has the old keys in memory, and loads the new one.
    for user in users {
        assert_eq!(names(&app, user).await, json!({ "data": readable() }));
    }
}

/// Two servers that need the first key of a project at the same time get the same one.
#[rstest]
#[tokio::test]
async fn concurrent_servers_create_one_first_key_for_a_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let project = app.new_project().await;
    let vaults = [(); 8].map(|()| Vault::new(app.store.clone(), app.root.clone(), app.clock.clone()));
    let keys = futures_util::future::join_all(vaults.iter().map(|vault| vault.project(project))).await;
    let ids: std::collections::HashSet<Uuid> = keys.into_iter().map(|keys| keys.unwrap().current()).collect();
    assert_eq!(ids.len(), 1);
}

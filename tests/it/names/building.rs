//! How an index of names is built: in steps, anew when a project has grown, and beside writes.

use std::{collections::HashSet, time::Duration};

use entity::{
    user_name_index::{self, State},
    user_name_token as token,
};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use verigraph::{
    document::day,
    timer::Timer,
    user::{
        Personal,
        names::{Bits, Hasher, build::Builder},
    },
};

use super::{create, found, many, rows, search, set};
use crate::harness::{Db, TestApp};

#[rstest]
#[tokio::test]
async fn a_large_index_is_built_and_deleted_in_steps_while_names_are_opened(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let names: Vec<_> =
        (0..2_600).map(|index| (format!("Maria{}", index % 40), format!("{index:04}rossi"))).collect();
    many(&app, &names).await;
    // The change of the setting does not wait for all of it.
    let percent = set(&app, &app.token, "Index").await.as_i64().unwrap();
    assert!((19..=76).contains(&percent), "{percent}");
    let while_built = search(&app, &app.token, "599ros").await;
    assert_eq!((found(&while_built).len(), &while_built["scanned"]), (3, &json!(2600)));
    // A user that comes meanwhile has its hashes at once.
    create(&app, "New", "Comer", "new", &[]).await;
    let timer = Timer::new(&app.app.services);
    timer.build_names(Duration::MAX).await.unwrap();
    let percent = "{ viewer { settings { nameIndexPercent } } }";
    assert_eq!(app.query(percent).await["viewer"]["settings"]["nameIndexPercent"], 100);
    let built = search(&app, &app.token, "2599rossi").await;
    assert_eq!((found(&built).len(), &built["isComplete"]), (1, &json!(true)));
    // Short hashes are shared by chance: those of all Marias too, in one project of 64.
    let index =
        user_name_index::Entity::find_by_id(app.project).one(app.store.read()).await.unwrap().unwrap();
    let (hasher, bits) = (Hasher { vault: &app.app.vault, project: app.project }, Bits::present(&index));
    let (word, start) = (hasher.word("2599rossi", bits), hasher.start("2599rossi", bits).unwrap());
    let tokens = rows(&app, app.project).await;
    let shared: HashSet<_> = tokens
        .iter()
        .filter(|row| {
            [(token::Kind::Word, word), (token::Kind::Start, start)].contains(&(row.kind, row.bucket))
        })
        .map(|row| row.user_id)
        .collect();
    assert_eq!(built["scanned"], shared.len());
    assert_eq!(found(&search(&app, &app.token, "comer").await), ["new"]);
    // More than are returned.
    let frequent = search(&app, &app.token, "maria").await;
    assert_eq!((&frequent["isComplete"], &frequent["users"]["totalCount"]), (&json!(false), &json!(1000)));

    assert_eq!(set(&app, &app.token, "Scan").await, Value::Null);
    assert_ne!(token::Entity::find().count(app.store.read()).await.unwrap(), 0);
    timer.build_names(Duration::MAX).await.unwrap();
    assert_eq!(token::Entity::find().count(app.store.read()).await.unwrap(), 0);
    assert_eq!(user_name_index::Entity::find().count(app.store.read()).await.unwrap(), 0);
}

#[rstest]
#[tokio::test]
async fn a_search_that_is_switched_off_leaves_no_hashes(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let names: Vec<_> = (0..30).map(|index| (format!("Maria{index}"), "Rossi".to_owned())).collect();
    many(&app, &names).await;
    let timer = Timer::new(&app.app.services);
    set(&app, &app.token, "Index").await;
    timer.build_names(Duration::MAX).await.unwrap();
    assert_ne!(token::Entity::find().count(app.store.read()).await.unwrap(), 0);
    assert_eq!(set(&app, &app.token, "Off").await, Value::Null);
    timer.build_names(Duration::MAX).await.unwrap();
    assert_eq!(token::Entity::find().count(app.store.read()).await.unwrap(), 0);
    // Nor does a user that comes later have any.
    create(&app, "New", "Comer", "new", &[]).await;
    assert_eq!(token::Entity::find().count(app.store.read()).await.unwrap(), 0);
}

/// The hashes of a project that has grown are made longer. Until they are, both are looked up.
#[rstest]
#[tokio::test]
async fn searches_find_all_users_while_hashes_are_replaced(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    create(&app, "John", "Doe", "john", &[]).await;
    set(&app, &app.token, "Index").await;
    let right = rows(&app, app.project).await;
    // As of a project that was a fourth as large.
    let former = user_name_index::ActiveModel {
        project_id: Set(app.project),
        word_bits: Set(10),
        start_bits: Set(7),
        users: Set(0),
        ..Default::default()
    };
    former.update(app.store.write()).await.unwrap();
    let renamed = async |name: &str| {
        let update = format!(
            "mutation($name: String) {{ updateUser(input: {{ userId: \"{}\", firstName: $name }}) {{ __typename }} }}",
            right.iter().next().unwrap().user_id
        );
        app.query_as(&app.token, &update, json!({ "name": name })).await;
    };
    renamed("Johnny").await;
    renamed("John").await;
    assert!(
        rows(&app, app.project)
            .await
            .is_disjoint(&right.iter().filter(|row| row.kind != token::Kind::Birth).cloned().collect())
    );
    let services = &app.app.services;
    let builder = Builder { store: &services.store, vault: &services.vault, machine: &services.clock };
    builder.grow().await.unwrap();
    create(&app, "Jane", "Doe", "jane", &[]).await;
    let during = search(&app, &app.token, "doe").await;
    assert_eq!((found(&during), &during["scanned"]), (vec!["jane", "john"], &json!(2)));
    assert!(!builder.step(app.project).await.unwrap());
    let of_john = |rows: HashSet<token::Model>| -> HashSet<_> {
        rows.into_iter().filter(|row| row.user_id == right.iter().next().unwrap().user_id).collect()
    };
    assert_eq!(of_john(rows(&app, app.project).await), right);
    let index =
        user_name_index::Entity::find_by_id(app.project).one(app.store.read()).await.unwrap().unwrap();
    assert_eq!((index.state, index.former_word_bits, index.users), (State::Ready, None, 1));
}

/// On SQLite no transaction can write while another does.
#[tokio::test]
async fn a_user_whose_transaction_began_before_the_index_is_in_it() {
    let app = TestApp::start(Db::Postgres).await;
    create(&app, "John", "Doe", "john", &[]).await;
    let transaction = app.store.begin().await.unwrap();
    let caller = app.caller(&app.token).await;
    let new = verigraph::user::store::write::NewUser {
        ref_id: Some("late".to_owned()),
        personal: Personal { last_name: Some("Doe".to_owned()), ..Personal::default() }
            .validate(day(app.clock.now()))
            .unwrap(),
        ..Default::default()
    };
    let vault = &app.app.vault;
    verigraph::user::store::write::insert(&transaction, vault, &app.clock, caller.project_id(), &new)
        .await
        .unwrap();
    assert_eq!(set(&app, &app.token, "Index").await, 0);
    assert_eq!(rows(&app, app.project).await.len(), 0);
    transaction.commit().await.unwrap();
    Timer::new(&app.app.services).build_names(Duration::MAX).await.unwrap();
    assert_eq!(found(&search(&app, &app.token, "doe").await), ["john", "late"]);
}

//! `verigraph oidc`, with providers that are not asked or do not answer. `members/oidc.rs` signs in with one.

use std::time::Duration;

use entity::{
    credential::Strings,
    oidc_provider, project,
    project_setting::{self, NameSearch},
};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use uuid::Uuid;
use verigraph::db::{Pools, Store};

use super::{Place, text};
use crate::harness::Db;

#[rstest]
#[tokio::test]
async fn a_provider_that_could_sign_anybody_in_or_does_not_answer_is_not_added(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let place = Place::new();
    let url = place.database_url(db).await;
    let url = url.as_str();
    place.run_ok(&["--database-url", url, "migrate"]);
    let add = |issuer: &str| {
        let arguments =
            ["--database-url", url, "oidc", "add", "Acme", "--issuer", issuer, "--client-id", "a"];
        let output = place.run(&arguments);
        assert!(!output.status.success(), "{issuer}");
        text(&output.stderr)
    };
    for (issuer, reason) in [
        ("https://login.microsoftonline.com/common/v2.0", "TENANT-ID"),
        ("http://id.example.org", "`issuer` must be an https address"),
        ("https://127.0.0.1:1", "nothing was added: the provider's discovery document cannot be read"),
    ] {
        let said = add(issuer);
        assert!(said.contains(reason), "{issuer}: {said}");
    }
    assert_eq!(place.run_ok(&["--database-url", url, "oidc", "list"]), "");
    let unknown = place.run(&["--database-url", url, "oidc", "test", "Acme"]);
    assert_eq!(text(&unknown.stderr), "verigraph: no provider `Acme`: see `verigraph oidc list`\n");
}

const POOLS: Pools =
    Pools { connections: 1, wait: Duration::from_secs(10), statement: Duration::from_mins(1) };

#[rstest]
#[tokio::test]
async fn a_provider_that_would_lock_everybody_out_does_not_become_the_only_way_in(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let place = Place::new();
    let url = &place.database_url(db).await;
    place.run_ok(&["project", "create", "Bank", "--database-url", url]);
    let store = Store::open(url, POOLS).await.unwrap();
    let provider = oidc_provider::Model {
        id: Uuid::from_u128(1),
        label: "Acme".to_owned(),
        issuer: "https://id.example.org".to_owned(),
        client_id: "a".to_owned(),
        client_secret: None,
        scopes: Strings::default(),
        groups_claim: None,
        is_exclusive: false,
        is_active: true,
        created_at: entity::Timestamp(0),
    };
    let insert = oidc_provider::Entity::insert(provider.into_active_model().reset_all());
    insert.exec_without_returning(store.write()).await.unwrap();
    let bank = project::Entity::find().one(store.write()).await.unwrap().unwrap();
    let by_passkey = project_setting::Model {
        project_id: bank.id,
        name_search: NameSearch::Scan,
        idle_minutes: 30,
        session_hours: 12,
        passkeys_only: true,
    };
    let insert = project_setting::Entity::insert(by_passkey.into_active_model().reset_all());
    insert.exec_without_returning(store.write()).await.unwrap();
    let exclusive = ["oidc", "exclusive", "Acme", "--database-url", url];
    let is_exclusive =
        async || oidc_provider::Entity::find().one(store.write()).await.unwrap().unwrap().is_exclusive;
    let refused = place.run(&exclusive);
    assert_eq!(refused.status.code(), Some(1));
    assert_eq!(
        text(&refused.stderr),
        "verigraph: members enter Bank by passkey only: switch that off first, under Settings > Sign-in\n"
    );
    assert!(!is_exclusive().await);
    project_setting::Entity::delete_by_id(bank.id).exec(store.write()).await.unwrap();
    let done = place.run_ok(&exclusive);
    assert_eq!(
        done,
        "People sign in with Acme only. `verigraph member recover EMAIL` lets a member in without it.\n"
    );
    assert!(is_exclusive().await);
    let lifted = place.run_ok(&["oidc", "exclusive", "Acme", "--lift", "--database-url", url]);
    assert_eq!(lifted, "The other ways to sign in are back.\n");
    assert!(!is_exclusive().await);
}

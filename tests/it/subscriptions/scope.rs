//! A subscriber receives only what it may read.

use std::collections::BTreeSet;

use entity::identification::{Process, Status};
use rstest::rstest;
use serde_json::json;
use verigraph::{
    auth::{Permission, Permissions},
    event::Kind,
    schema::POLICY,
};

use super::{Client, EVENTS, record_event, record_event_in, serve};
use crate::harness::{Db, NewIdentification, NewProofing, NewUser, TestApp};

/// Every root field, and the permission that it needs.
const FIELDS: [(&str, Option<Permission>); 5] = [
    ("identificationUpdated { id }", Some(Permission::IdentificationsView)),
    ("proofingRequestUpdated { id }", Some(Permission::IdproofingView)),
    ("verificationGranted { id }", Some(Permission::VerificationsView)),
    ("verificationSessionUpdated { id }", Some(Permission::SessionsView)),
    ("event { eventId }", None),
];

#[rstest]
#[tokio::test]
async fn events_are_isolated_by_project(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let other = app.new_project().await;
    let user = app.user(NewUser { project: Some(other), ..NewUser::default() }).await;
    let new = NewIdentification { project: Some(other), ..NewIdentification::default() };
    let id = app.identification(user, new).await;
    let mut client = Client::open(served.address, &app.token).await;
    client.listen("a", EVENTS).await;
    client.listen("b", "subscription { identificationUpdated { id } }").await;
    record_event_in(&app, other, Kind::IdentificationUpdated, id, Some(user)).await;
    // If an event named an object of another project, the object would not be returned either.
    record_event(&app, Kind::IdentificationUpdated, id, Some(user)).await;
    assert_eq!(client.next_data("a").await["event"]["resourceId"], json!(id));
    client.receives_nothing().await;
}

#[rstest]
#[tokio::test]
async fn a_tag_limited_subscriber_receives_events_of_visible_users_only(
    #[values(Db::Sqlite, Db::Postgres)] db: Db,
) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let token = app.token_for(app.project, Permissions::all(), Some(&["mine"])).await;
    let mine = app.user(NewUser { tags: &["mine"], ..NewUser::default() }).await;
    let other = app.user(NewUser { tags: &["other"], ..NewUser::default() }).await;
    let identification = async |user| {
        let new = NewIdentification {
            process: Process::Expert,
            status: Status::Pending,
            ..NewIdentification::default()
        };
        app.identification(user, new).await
    };
    let (of_mine, of_other) = (identification(mine).await, identification(other).await);
    let proofing = app.proofing(NewProofing::default()).await.id;
    let mut limited = Client::open(served.address, &token).await;
    let mut all = Client::open(served.address, &app.token).await;
    for client in [&mut limited, &mut all] {
        client.listen("i", "subscription { identificationUpdated { id } }").await;
    }
    limited.listen("p", "subscription { proofingRequestUpdated { id } }").await;
    limited.listen("e", "subscription { event { resourceId } }").await;
    record_event(&app, Kind::ProofingRequestUpdated, proofing, None).await;
    record_event(&app, Kind::IdentificationUpdated, of_other, Some(other)).await;
    limited.receives_nothing().await;
    record_event(&app, Kind::IdentificationUpdated, of_mine, Some(mine)).await;
    let mut heard = [limited.next().await, limited.next().await];
    heard.sort_by_key(|next| next["id"].to_string());
    assert_eq!(heard[0]["payload"], json!({ "data": { "event": { "resourceId": of_mine } } }));
    assert_eq!(heard[1]["payload"], json!({ "data": { "identificationUpdated": { "id": of_mine } } }));
    for id in [of_other, of_mine] {
        assert_eq!(all.next_data("i").await, json!({ "identificationUpdated": { "id": id } }));
    }
}

#[rstest]
#[tokio::test]
async fn a_subscription_field_needs_exactly_its_permission(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let ruled = POLICY
        .rows()
        .iter()
        .copied()
        .filter(|(of, ..)| *of == "Subscription")
        .flat_map(|(.., fields)| fields.iter());
    let tried: BTreeSet<_> = FIELDS.iter().map(|(field, _)| field.split(' ').next().unwrap()).collect();
    assert_eq!(tried, ruled.copied().collect(), "fields that are not tried");
    let served = serve(&app).await;
    for (field, needs) in FIELDS {
        let query = format!("subscription {{ {field} }}");
        for one in Permission::ALL.iter().copied() {
            let token = app.token_with(&[one]).await;
            let mut client = Client::open(served.address, &token).await;
            let kinds = Kind::ALL.iter().copied().filter(|kind| kind.can_be_subscribed());
            let may =
                needs.map_or_else(|| kinds.clone().any(|kind| kind.needs() == Some(one)), |need| need == one);
            if may {
                client.listen("a", &query).await;
                continue;
            }
            client.subscribe("a", &query).await;
            let (code, text) = client.refused("a").await;
            assert_eq!(code, "FORBIDDEN", "{field} {one}");
            assert!(needs.is_none_or(|needs| text.contains(needs.name())), "{text}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn events_are_sent_only_for_readable_types(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let user = app.user(NewUser::default()).await;
    for one in Permission::ALL.iter().copied() {
        let kinds = Kind::ALL.iter().copied().filter(|kind| kind.can_be_subscribed());
        let (may, may_not): (Vec<_>, Vec<_>) = kinds.partition(|kind| kind.needs() == Some(one));
        let token = app.token_with(&[one]).await;
        let mut client = Client::open(served.address, &token).await;
        for kind in may_not {
            client
                .subscribe("a", &format!("subscription {{ event(types: [\"{kind}\"]) {{ eventId }} }}"))
                .await;
            assert_eq!(client.refused("a").await.0, "FORBIDDEN", "{kind} {one}");
        }
        if may.is_empty() {
            continue;
        }
        client.listen("a", "subscription { event { eventType userId } }").await;
        for kind in Kind::ALL.iter().copied() {
            record_event(&app, kind, user, Some(user)).await;
        }
        for kind in may {
            let next = client.next().await;
            assert_eq!(next["payload"]["data"]["event"]["eventType"], kind.name());
            let sees = one == Permission::UsersView;
            assert_eq!(next["payload"].get("errors").is_none(), sees, "{next}");
            assert_eq!(next["payload"]["data"]["event"]["userId"].is_null(), !sees, "{next}");
        }
    }
}

#[rstest]
#[tokio::test]
async fn a_denied_field_of_a_sent_object_is_null_alone(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let served = serve(&app).await;
    let user = app.user(NewUser::default()).await;
    let id = app.identification(user, NewIdentification::default()).await;
    let token = app.token_with(&[Permission::IdentificationsView, Permission::UsersView]).await;
    let mut client = Client::open(served.address, &token).await;
    client.listen("a", "subscription { identificationUpdated { id user { id firstName } } }").await;
    record_event(&app, Kind::IdentificationUpdated, id, Some(user)).await;
    let next = client.next().await;
    let data = json!({ "identificationUpdated": { "id": id, "user": { "id": user, "firstName": null } } });
    assert_eq!(next["payload"]["data"], data);
    assert_eq!(next["payload"]["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(next["payload"]["errors"][0]["path"], json!(["identificationUpdated", "user", "firstName"]));
}

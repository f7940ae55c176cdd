//! Events, endpoints and deliveries with a value in every field.

use entity::{
    credential::Strings,
    event,
    webhook_delivery::{self, Attempt, AttemptLog, Status},
    webhook_subscription::{self, BodyKind},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use uuid::Uuid;
use verigraph::event::Kind;

use crate::{harness::TestApp, subscriptions::record_event};

/// Leaves a user with events of the type that every caller may read that may read the user's list of them.
pub async fn events(app: &TestApp, user: Uuid) {
    let others = event::Entity::delete_many().filter(event::Column::ProjectId.eq(app.project));
    let others = others.filter(event::Column::UserId.eq(user));
    let others = others.filter(event::Column::Kind.ne(Kind::UserUpdated.name()));
    others.exec(app.store.write()).await.unwrap();
    for _ in 0..2 {
        record_event(app, Kind::UserUpdated, user, Some(user)).await;
    }
}

pub async fn subscription(app: &TestApp) -> Uuid {
    let now = app.clock.now();
    let row = webhook_subscription::Model {
        id: app.clock.new_id(),
        project_id: app.project,
        label: "label".to_owned(),
        endpoint: "https://example.org/".to_owned(),
        body_kind: BodyKind::Event,
        event_types: Strings(vec!["User.Created".to_owned()]),
        status: webhook_subscription::Status::Active,
        secret: vec![1],
        previous_secret: Some(vec![1]),
        previous_secret_until: Some(now),
        consecutive_failures: 1,
        failing_since: Some(now),
        paused_until: None,
        created_at: now,
        updated_at: now,
    };
    let id = row.id;
    let insert = webhook_subscription::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(app.store.write()).await.unwrap();
    id
}

/// A delivery whose first attempt got a response and whose second did not.
pub async fn event_log(app: &TestApp, subscription: Uuid) -> Uuid {
    let now = app.clock.now();
    let (event_id, resource_id) = (app.clock.new_id(), app.clock.new_id());
    let event = event::ActiveModel {
        id: Set(event_id),
        sequence: NotSet,
        project_id: Set(app.project),
        kind: Set("User.Created".to_owned()),
        resource_id: Set(resource_id),
        user_id: Set(None),
        detail: Set(None),
        created_at: Set(now),
        version: Set(Some(1)),
    };
    event::Entity::insert(event).exec_without_returning(app.store.write()).await.unwrap();
    let attempt = |status_code, error: Option<&str>| Attempt {
        at: now.0,
        status_code,
        duration: 12,
        error: error.map(str::to_owned),
    };
    let log = AttemptLog(vec![attempt(Some(500), None), attempt(None, Some("timeout"))]);
    let row = webhook_delivery::Model {
        id: app.clock.new_id(),
        project_id: app.project,
        subscription_id: subscription,
        event_id,
        event_sequence: 1,
        event_type: "User.Created".to_owned(),
        resource_id,
        status: Status::Pending,
        attempts: 2,
        next_attempt_at: Some(now),
        leased_until: None,
        last_attempt_at: Some(now),
        last_status_code: Some(500),
        last_duration: Some(12),
        last_error: Some("timeout".to_owned()),
        created_at: now,
        attempt_log: Some(log),
    };
    let id = row.id;
    let insert = webhook_delivery::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(app.store.write()).await.unwrap();
    id
}

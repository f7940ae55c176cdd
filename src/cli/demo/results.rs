//! The documented verification result, and a result of another project that releases every field.

use entity::{
    Timestamp,
    credential::Strings,
    integration as table,
    verification_result::{self, Status},
};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use crate::{
    cli::{open::Installation, outcome::Outcome, people::Unsealed},
    project::store,
    result::{
        Scope,
        integration::{self, Keys, NewIntegration},
        rules,
        store::seal,
    },
    user::personal::key_for,
};

/// The project of the documented example.
pub const PROJECT: Uuid = uuid!("ad30fbcb-a41c-465b-a9d3-f245ab418b18");
/// 2024-11-01T17:20:25.983Z.
const VERIFIED_AT: Timestamp = Timestamp(1_730_481_625_983);

/// A verification result of the demo and its owner.
struct Example {
    project: Uuid,
    keys: Keys,
    scopes: Vec<Scope>,
    id: Uuid,
    trace_id: Uuid,
}

fn examples(other: Uuid) -> [Example; 2] {
    let keys = |integration, api_key: &str, secret: &str| Keys {
        integration,
        api_key: api_key.to_owned(),
        secret: secret.to_owned(),
    };
    [
        Example {
            project: PROJECT,
            keys: keys(
                uuid!("621cda6e-c7de-4ebd-9219-a137a84a5211"),
                "4115e33314e12c0effe540c74bac55937b65a448",
                "supersecret",
            ),
            scopes: vec![Scope::DateOfBirth],
            id: uuid!("55a951eb-265c-4706-9ebf-99ae35c745ab"),
            trace_id: uuid!("46cb353b-5b3b-4de9-9676-9b2d5d081027"),
        },
        Example {
            project: other,
            keys: keys(
                uuid!("0d5e0f0a-4c7b-4f7e-9f43-1f6f6f3f2a11"),
                "demo-other-api-key",
                "demo-other-integration-secret",
            ),
            scopes: Scope::ALL.to_vec(),
            id: uuid!("7b1f2c7e-52d8-4a53-8c39-6a6d0f1f7c22"),
            trace_id: uuid!("c4b8a1de-93a5-4a3f-8f0e-2d1f5b7a9e33"),
        },
    ]
}

/// The client ids of the demo's integrations.
pub fn integrations() -> impl Iterator<Item = String> {
    examples(PROJECT).into_iter().map(|example| example.keys.integration.to_string())
}

/// Inserts the missing integrations and results: one user belongs to the demo's project, one to the other
/// project. Returns them for `demo.json`.
pub async fn fill(opened: &Installation, other: Uuid, users: [&Unsealed; 2]) -> Outcome<Value> {
    let Installation { store, vault, root, clock, .. } = opened;
    // The documented answer has no user id.
    store::always_identity_id(store, PROJECT, false).await?;
    let mut facts = Vec::new();
    for (example, user) in examples(other).into_iter().zip(users) {
        let Example { project, keys, scopes, id, trace_id } = example;
        if table::Entity::find_by_id(keys.integration).one(store.read()).await?.is_none() {
            let new = NewIntegration { project, label: "Demo".to_owned(), scopes: scopes.clone() };
            integration::create_as(store, root, clock, new, keys.clone()).await?;
        }
        let data = rules::release(&scopes, project != PROJECT, user.id, &user.personal);
        let Some(key) = key_for(store, vault, project, Some(user.id)).await? else { continue };
        let names: Vec<String> = scopes.iter().map(|scope| scope.name().to_owned()).collect();
        let row = verification_result::ActiveModel {
            id: Set(id),
            project_id: Set(project),
            user_id: Set(user.id),
            integration_id: Set(keys.integration),
            trace_id: Set(trace_id),
            correlation_id: Set(None),
            status: Set(Status::Verified),
            scopes: Set(Some(Strings(names.clone()))),
            data: Set(Some(seal(&key, project, id, &data)?)),
            verified_at: Set(Some(VERIFIED_AT)),
            created_at: Set(VERIFIED_AT.plus_seconds(-60)),
            updated_at: Set(VERIFIED_AT),
            version: Set(1),
        };
        let nothing = OnConflict::new().do_nothing().to_owned();
        verification_result::Entity::insert_many([row])
            .on_conflict(nothing)
            .exec_without_returning(store.write())
            .await?;
        facts.push(json!({
            "apiKey": keys.api_key,
            "integrationId": keys.integration,
            "secret": keys.secret,
            "verificationId": id,
            "traceId": trace_id,
            "scopes": names,
        }));
    }
    Ok(facts.into())
}

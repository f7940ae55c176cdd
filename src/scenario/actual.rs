//! Reads the state of the objects that a scenario created.

use entity::{document, event, identification, proofing_request, verification_result, verification_session};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    expected::{Expected, ExpectedOf, Levels},
    name::{Kind, Name},
    objects::ScenarioObjects,
};
use crate::{
    Result, auth::Caller, db::Store, identification::graphql::Reason, services::Services,
    verification::store::current_levels_of,
};

/// Returns the sequence number of the newest event.
pub(super) async fn now(store: &Store, project: Uuid) -> Result<i64> {
    let newest = event::Entity::find()
        .filter(event::Column::ProjectId.eq(project))
        .select_only()
        .column(event::Column::Sequence);
    let newest = newest.order_by_desc(event::Column::Sequence).limit(1);
    Ok(newest.into_tuple().one(store.read()).await?.unwrap_or_default())
}

/// Reads the state of all objects that a scenario created.
pub(super) async fn read(
    services: &Services,
    caller: &Caller,
    objects: &ScenarioObjects,
    named: &[&Name],
    since: i64,
    refused: Vec<usize>,
) -> Result<Expected> {
    let mut actual = Expected { refused, ..Expected::default() };
    for (kind, id) in objects.last() {
        actual.take(stands(services, caller, kind, id).await?);
    }
    let all: Vec<Uuid> = objects.last().chain(objects.named()).map(|(_, id)| id).collect();
    actual.events = Some(events(services, caller, &all, since).await?);
    for name in named {
        let Some((kind, id)) = objects.find(name) else { continue };
        let events = Some(events(services, caller, &[id], since).await?);
        let one = stands(services, caller, kind, id).await?;
        actual.of.insert((*name).clone(), ExpectedOf { events, ..one });
    }
    Ok(actual)
}

/// Reads the state of one object.
async fn stands(services: &Services, caller: &Caller, kind: Kind, id: Uuid) -> Result<ExpectedOf> {
    let (db, nothing) = (services.store.read(), ExpectedOf::default());
    let project = caller.project_id();
    Ok(match kind {
        Kind::User => {
            let levels = current_levels_of(&services.store, caller, &[id]).await?;
            ExpectedOf { verification_level: levels.get(&id).map(|level| level.name.clone()), ..nothing }
        }
        Kind::Identification => {
            let row = identification::Entity::find_by_id((id, project)).one(db).await?;
            row.map_or(nothing, of_identification)
        }
        Kind::Session => {
            let row = verification_session::Entity::find_by_id((id, project)).one(db).await?;
            ExpectedOf { session: row.map(|row| row.status.into()), ..nothing }
        }
        Kind::Document => {
            let Some(row) = document::Entity::find_by_id((id, project)).one(db).await? else {
                return Ok(nothing);
            };
            let findings = row.findings.0.into_iter().map(Into::into).collect();
            ExpectedOf { mrz: Some(row.mrz_status.into()), findings: Some(findings), ..nothing }
        }
        Kind::Proofing => {
            let Some(row) = proofing_request::Entity::find_by_id((id, project)).one(db).await? else {
                return Ok(nothing);
            };
            ExpectedOf {
                proofing: Some(row.state.into()),
                document_authentication: row.document_authentication_result.map(Into::into),
                face_match: row.face_match,
                ..nothing
            }
        }
        Kind::Verification => nothing,
        Kind::Result => {
            let row = verification_result::Entity::find_by_id((id, project)).one(db).await?;
            ExpectedOf { result: row.map(|row| row.status.into()), ..nothing }
        }
    })
}

fn of_identification(row: identification::Model) -> ExpectedOf {
    let levels = Levels {
        expert: Some(row.expert_status.into()),
        qes: Some(row.qes_status.into()),
        pvid: Some(row.pvid_status.into()),
    };
    let reasons = [row.expert_reasons, row.qes_reasons, row.pvid_reasons].into_iter().flatten();
    let mut all: Vec<Reason> = Vec::new();
    for reason in reasons.flat_map(|reasons| reasons.0).map(Reason::from) {
        if !all.contains(&reason) {
            all.push(reason);
        }
    }
    ExpectedOf {
        identification: Some(row.status.into()),
        levels: Some(levels),
        reasons: Some(all),
        ..ExpectedOf::default()
    }
}

/// Reads the events since a sequence number, in order: those of the given objects, and those of objects that
/// belong to the users among them.
async fn events(services: &Services, caller: &Caller, about: &[Uuid], since: i64) -> Result<Vec<String>> {
    let of_objects = Condition::any()
        .add(event::Column::ResourceId.is_in(about.iter().copied()))
        .add(event::Column::UserId.is_in(about.iter().copied()));
    let rows = event::Entity::find()
        .filter(event::Column::ProjectId.eq(caller.project_id()))
        .filter(event::Column::Sequence.gt(since))
        .filter(of_objects)
        .order_by_asc(event::Column::Sequence);
    Ok(rows.all(services.store.read()).await?.into_iter().map(|row| row.kind).collect())
}

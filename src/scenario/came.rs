//! Reading what came of a scenario.

use entity::{document, event, identification, proofing_request, verification_result, verification_session};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{
    expected::{Expected, Levels},
    run::Ids,
};
use crate::{
    Result, auth::Caller, db::Store, graphql::Services, identification::Reason,
    verification::store::current_levels_of,
};

/// The number of the newest event.
pub(super) async fn now(store: &Store) -> Result<i64> {
    let newest = event::Entity::find().select_only().column(event::Column::Sequence);
    let newest = newest.order_by_desc(event::Column::Sequence).limit(1);
    Ok(newest.into_tuple().one(store.read()).await?.unwrap_or_default())
}

/// Where everything stands that a scenario made.
pub(super) async fn read(
    services: &Services,
    caller: &Caller,
    ids: &Ids,
    since: i64,
    refused: Vec<usize>,
) -> Result<Expected> {
    let db = services.store.read();
    let mut came = Expected { refused, ..Expected::default() };
    if let Some(id) = ids.identification
        && let Some(row) = identification::Entity::find_by_id(id).one(db).await?
    {
        came.identification = Some(row.status.into());
        came.levels = Some(Levels {
            expert: Some(row.expert_status.into()),
            qes: Some(row.qes_status.into()),
            pvid: Some(row.pvid_status.into()),
        });
        let reasons = [row.expert_reasons, row.qes_reasons, row.pvid_reasons].into_iter().flatten();
        let mut all: Vec<Reason> = Vec::new();
        for reason in reasons.flat_map(|reasons| reasons.0).map(Reason::from) {
            if !all.contains(&reason) {
                all.push(reason);
            }
        }
        came.reasons = Some(all);
    }
    if let Some(id) = ids.session
        && let Some(row) = verification_session::Entity::find_by_id(id).one(db).await?
    {
        came.session = Some(row.status.into());
    }
    if let Some(id) = ids.document
        && let Some(row) = document::Entity::find_by_id(id).one(db).await?
    {
        came.mrz = Some(row.mrz_status.into());
        came.findings = Some(row.findings.0.into_iter().map(Into::into).collect());
    }
    if let Some(id) = ids.proofing
        && let Some(row) = proofing_request::Entity::find_by_id(id).one(db).await?
    {
        came.proofing = Some(row.state.into());
        came.document_authentication = row.document_authentication_result.map(Into::into);
        came.face_match = row.face_match;
    }
    if let Some(id) = ids.result
        && let Some(row) = verification_result::Entity::find_by_id(id).one(db).await?
    {
        came.result = Some(row.status.into());
    }
    if let Some(user) = ids.user {
        let levels = current_levels_of(&services.store, caller, &[user]).await?;
        came.verification_level = levels.get(&user).map(|level| level.name.clone());
    }
    came.events = Some(events(services, caller, ids, since).await?);
    Ok(came)
}

/// What happened to the objects of a scenario since a number, in order.
async fn events(services: &Services, caller: &Caller, ids: &Ids, since: i64) -> Result<Vec<String>> {
    let about: Vec<Uuid> =
        [ids.user, ids.identification, ids.session, ids.proofing, ids.verification, ids.result]
            .into_iter()
            .flatten()
            .collect();
    let mine = Condition::any()
        .add(event::Column::ResourceId.is_in(about))
        .add(event::Column::UserId.eq(ids.user.unwrap_or_default()));
    let rows = event::Entity::find()
        .filter(event::Column::ProjectId.eq(caller.project_id()))
        .filter(event::Column::Sequence.gt(since))
        .filter(mine)
        .order_by_asc(event::Column::Sequence);
    Ok(rows.all(services.store.read()).await?.into_iter().map(|row| row.kind).collect())
}

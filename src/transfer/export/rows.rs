//! Converts rows to records, with personal data decrypted.

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_STANDARD};
use entity::{
    Timestamp, credential, document, document_image,
    identification::{self, Reasons, Status},
    identification_source, integration, level_change, membership, proofing_request, user, user_tag,
    verification, verification_level, verification_result, verification_session,
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::view::View;
use crate::{
    Result,
    crypto::Vault,
    db::column::column,
    document::Fields,
    result::store::data_of,
    session::store::addresses,
    transfer::{
        Record,
        format::{Moment, Named},
        record::{
            Document, Identification, Image, Level, LevelChange, LevelState, Levels, Origin, Proofing,
            Session, User, Verification, VerificationResult,
        },
    },
    user::Personal,
};

pub fn level(row: verification_level::Model) -> Record {
    let created_at = Some(Moment(row.created_at));
    Record::VerificationLevel(Level {
        number: row.number,
        name: row.name,
        index: Some(row.index),
        created_at,
    })
}

/// Whether the user's personal data can be decrypted.
pub fn is_open(user: &user::Model) -> bool {
    user.wrapped_key.is_some() && user.status != user::Status::Restricted
}

/// A condition on a column: its value is one of these ids.
fn among<E: EntityTrait>(
    view: &View<'_>,
    project: E::Column,
    of: E::Column,
    ids: impl Iterator<Item = Uuid>,
) -> Expr {
    let ids: Vec<Uuid> = ids.collect();
    project.eq(view.project).and(view.store.dialect().id_in(column::<E>(of), &ids))
}

pub async fn user(vault: &Vault, row: user::Model, tags: Vec<String>) -> Result<Record> {
    let personal = Personal::of(vault, &row).await?;
    Ok(Record::User(Box::new(User {
        id: row.id.to_string(),
        ref_id: row.ref_id,
        source_id: row.source_id,
        number: Some(row.number),
        status: Some(Named(row.status)),
        personal,
        tags,
        hold_reason: row.hold_reason,
        created_at: Some(Moment(row.created_at)),
        updated_at: Some(Moment(row.updated_at)),
        joined_at: row.joined_at.map(Moment),
    })))
}

pub async fn tags(view: &View<'_>, users: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, Vec<String>>> {
    use user_tag::{Column, Entity};
    let rows = Entity::find().filter(among::<Entity>(view, Column::ProjectId, Column::UserId, users));
    let rows = rows.order_by_asc(Column::Tag).all(&view.db).await?;
    let mut tags: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in rows {
        tags.entry(row.user_id).or_default().push(row.tag);
    }
    Ok(tags)
}

pub async fn sources(view: &View<'_>, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, Origin>> {
    use identification_source::{Column, Entity};
    let rows = Entity::find().filter(among::<Entity>(view, Column::ProjectId, Column::IdentificationId, ids));
    let rows = rows.all(&view.db).await?.into_iter();
    Ok(rows
        .map(|row| (row.identification_id, Origin { provider: row.provider, reference: row.reference }))
        .collect())
}

pub async fn history(
    view: &View<'_>,
    ids: impl Iterator<Item = Uuid>,
) -> Result<HashMap<Uuid, Vec<LevelChange>>> {
    use level_change::{Column, Entity};
    let rows = Entity::find().filter(among::<Entity>(view, Column::ProjectId, Column::IdentificationId, ids));
    let rows = rows.order_by_asc(Column::CreatedAt).order_by_asc(Column::Level).order_by_asc(Column::Id);
    let mut history: HashMap<Uuid, Vec<LevelChange>> = HashMap::new();
    for row in rows.all(&view.db).await? {
        history.entry(row.identification_id).or_default().push(LevelChange {
            level: Named(row.level),
            status: Named(row.status),
            valid_until: row.valid_until.map(Moment),
            reason: row.reason,
            at: Moment(row.created_at),
        });
    }
    Ok(history)
}

pub fn identification(
    row: identification::Model,
    source: Option<Origin>,
    history: Vec<LevelChange>,
) -> Record {
    let state = |status, reasons: Option<Reasons>, expired: Option<Timestamp>, until: Option<Timestamp>| {
        let reasons = reasons.filter(|_| status == Status::Invalid).map(|reasons| reasons.0);
        LevelState {
            status: Named(status),
            reasons: reasons.unwrap_or_default(),
            expired_at: expired.map(Moment),
            valid_until: until.map(Moment),
        }
    };
    Record::Identification(Box::new(Identification {
        id: row.id.to_string(),
        user: row.user_id.to_string(),
        process: Named(row.process),
        identity_document_type: row.identity_document_type.map(Named),
        levels: Levels {
            expert: state(
                row.expert_status,
                row.expert_reasons,
                row.expert_expired_at,
                row.expert_valid_until,
            ),
            qes: state(row.qes_status, row.qes_reasons, row.qes_expired_at, row.qes_valid_until),
            pvid: state(row.pvid_status, row.pvid_reasons, row.pvid_expired_at, row.pvid_valid_until),
        },
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
        source,
        history,
    }))
}

pub fn proofing(row: &proofing_request::Model) -> Record {
    Record::ProofingRequest(Box::new(Proofing {
        id: row.id.to_string(),
        user: row.user_id.map(|user| user.to_string()),
        request_time: Moment(row.request_time),
        state: Named(row.state),
        device_check_result: Named(row.device_check_result),
        document_authentication_result: row.document_authentication_result.map(Named),
        face_match: row.face_match,
        face_match_score: row.face_match_score,
        front_image_classified: row.front_image_classified,
        front_image_upload_time: row.front_image_upload_time.map(Moment),
        back_image_classified: row.back_image_classified,
        back_image_upload_time: row.back_image_upload_time.map(Moment),
    }))
}

/// The numbers of a project's levels, and of its credentials and memberships, by id.
pub async fn numbers(view: &View<'_>) -> Result<(HashMap<Uuid, i64>, HashMap<Uuid, i64>)> {
    let levels = verification_level::Entity::find();
    let levels = levels.filter(verification_level::Column::ProjectId.eq(view.project));
    let granters = credential::Entity::find().filter(credential::Column::ProjectId.eq(view.project));
    let granters = granters.all(&view.db).await?.into_iter().map(|row| (row.id, row.number));
    let members = membership::Entity::find().filter(membership::Column::ProjectId.eq(view.project));
    let members = members.all(&view.db).await?.into_iter().map(|row| (row.id, row.number));
    Ok((
        levels.all(&view.db).await?.into_iter().map(|row| (row.id, row.number)).collect(),
        granters.chain(members).collect(),
    ))
}

pub fn verification(
    row: verification::Model,
    levels: &HashMap<Uuid, i64>,
    granters: &HashMap<Uuid, i64>,
) -> Record {
    let level = |id: Uuid| levels.get(&id).copied();
    Record::Verification(Verification {
        number: row.number,
        user: row.user_id.to_string(),
        current_level: level(row.current_level_id).unwrap_or_default(),
        previous_level: row.previous_level_id.and_then(level),
        reason: row.reason,
        granted_by: row.granted_by.or(row.granted_by_membership).and_then(|id| granters.get(&id)).copied(),
        created_at: Moment(row.created_at),
    })
}

pub async fn session(vault: &Vault, user: &user::Model, row: verification_session::Model) -> Result<Record> {
    let addresses = addresses(vault, user, &row).await?;
    Ok(Record::Session(Session {
        id: row.id.to_string(),
        user: row.user_id.to_string(),
        source_id: row.source_id,
        flow_id: Some(row.flow_id),
        status: Named(row.status),
        steps: row.steps.0,
        addresses,
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
        completed_at: row.completed_at.map(Moment),
    }))
}

pub async fn document(vault: &Vault, user: &user::Model, row: document::Model) -> Result<Record> {
    let fields = Fields::of(vault, user, &row).await?;
    Ok(Record::Document(Box::new(Document {
        id: row.id.to_string(),
        user: row.user_id.to_string(),
        session: row.session_id.map(|id| id.to_string()),
        identification: row.identification_id.map(|id| id.to_string()),
        step: row.step,
        kind: row.kind.map(Named),
        fields,
        match_level: row.match_level,
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
    })))
}

/// A record with the image's stored bytes, which are the re-encoded ones.
pub fn image(row: &document_image::Model, bytes: &[u8]) -> Record {
    let document = row.document_id.map(|id| id.to_string());
    Record::Image(Box::new(Image {
        id: row.id.to_string(),
        user: row.user_id.to_string(),
        session: document.is_none().then(|| row.session_id.to_string()),
        document,
        kind: Named(row.kind),
        uploaded_at: Some(Moment(row.uploaded_at)),
        data: BASE64_STANDARD.encode(bytes),
    }))
}

/// The labels of a project's integrations, by id.
pub async fn labels(view: &View<'_>) -> Result<HashMap<Uuid, String>> {
    let rows = integration::Entity::find().filter(integration::Column::ProjectId.eq(view.project));
    Ok(rows.all(&view.db).await?.into_iter().map(|row| (row.id, row.label)).collect())
}

pub async fn result(
    vault: &Vault,
    user: &user::Model,
    row: verification_result::Model,
    labels: &HashMap<Uuid, String>,
) -> Result<Record> {
    let data = data_of(vault, &row, user).await?;
    Ok(Record::Result(Box::new(VerificationResult {
        id: row.id.to_string(),
        user: row.user_id.to_string(),
        integration: labels.get(&row.integration_id).cloned(),
        trace_id: row.trace_id,
        correlation_id: row.correlation_id,
        status: Named(row.status),
        scopes: row.scopes.map(|scopes| scopes.0),
        data,
        verified_at: row.verified_at.map(Moment),
        created_at: Moment(row.created_at),
        updated_at: Moment(row.updated_at),
    })))
}

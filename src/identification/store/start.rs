//! Starts identifications, and adds those of other providers, each in one transaction.

use entity::{
    Timestamp, document,
    identification::{DocumentType, Model, Process, Reason, Status},
    identification_source, user,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{
    change::{self, Change, NewIdentificationRow},
    totals, visible_to,
};
use crate::{
    Result,
    clock::Clock,
    crypto::Vault,
    db::Transaction,
    document::{Fields, store::submit},
    idempotency::{self, IdempotencyKey, KeyState},
    identification::rules::{self, Levels},
    level::validity,
    op_context::OpContext,
    user::store::lock::{LockOutcome, LockedUser, lock},
};

/// An identification to start or to add.
#[derive(Clone, Debug)]
pub struct NewIdentification {
    pub user: Uuid,
    pub process: Process,
    /// The levels, and the reasons of the invalid ones.
    pub levels: Levels,
    pub reasons: Vec<Reason>,
    /// Start time. Default: now.
    pub created_at: Option<Timestamp>,
    /// The identity document that was used.
    pub document: Option<(DocumentType, Fields)>,
    /// The provider, and its id of the identification.
    pub source: Option<(String, String)>,
    pub key: Option<IdempotencyKey>,
}

/// Outcome of starting an identification.
#[derive(Clone, Debug)]
pub enum StartOutcome {
    Done(Model),
    UserNotFound,
    UserDeactivated,
    /// The provider's result exists already.
    Known(Uuid),
    KeyReused,
}

/// Starts an identification, or adds one of another provider.
pub async fn start(op: OpContext<'_>, wanted: &NewIdentification) -> Result<StartOutcome> {
    idempotency::retry_on_conflict(|| try_to_start(op, wanted)).await
}

/// Returns `None` if another request used the key in the meantime.
async fn try_to_start(
    OpContext { store, vault, caller, clock }: OpContext<'_>,
    wanted: &NewIdentification,
) -> Result<Option<StartOutcome>> {
    let transaction = store.begin().await?;
    match idempotency::find(&transaction, caller, clock, wanted.key.as_ref()).await? {
        KeyState::Unused => {}
        KeyState::Conflict => return Ok(Some(StartOutcome::KeyReused)),
        KeyState::Used(id) => {
            let known = visible_to(store, caller).filter(entity::identification::Column::Id.eq(id));
            return Ok(Some(
                known.one(&transaction).await?.map_or(StartOutcome::UserNotFound, StartOutcome::Done),
            ));
        }
    }
    let user = match lock(&transaction, store, caller, wanted.user).await? {
        LockOutcome::Locked(user) if user.row().status == user::Status::Active => user,
        LockOutcome::Locked(_) | LockOutcome::Restricted => return Ok(Some(StartOutcome::UserDeactivated)),
        LockOutcome::NotFound | LockOutcome::Erased => return Ok(Some(StartOutcome::UserNotFound)),
    };
    let row = match insert(&transaction, vault, clock, &user, wanted).await? {
        InsertOutcome::Inserted(row) => row,
        InsertOutcome::SourceKnown(id) => return Ok(Some(StartOutcome::Known(id))),
    };
    if !idempotency::remember(&transaction, caller, clock, wanted.key.as_ref(), row.id).await? {
        return Ok(None);
    }
    totals::record(&transaction, &[], std::slice::from_ref(&row)).await?;
    transaction.commit().await?;
    Ok(Some(StartOutcome::Done(row)))
}

/// Result of inserting an identification.
pub enum InsertOutcome {
    Inserted(Model),
    /// The identification with this id has the same source.
    SourceKnown(Uuid),
}

/// Inserts an identification of a locked user, with its document and its source. The caller records it in the
/// totals.
pub async fn insert(
    transaction: &Transaction,
    vault: &Vault,
    clock: &Clock,
    locked: &LockedUser,
    wanted: &NewIdentification,
) -> Result<InsertOutcome> {
    use identification_source::Column::{ProjectId, Provider, Reference};

    let user = locked.row();
    let now = clock.now();
    let awards = rules::awards(wanted.process);
    let valid = [0, 1, 2].map(|index| awards[index] && wanted.levels[index] == Status::Valid);
    let expires = wanted.document.as_ref().and_then(|(_, fields)| fields.date_of_expiration);
    // An old result has been valid since its start time.
    let since = wanted.created_at.unwrap_or(now);
    let valid_until =
        validity::ends(transaction, user.project_id, valid, since, async || Ok(expires)).await?;
    let change =
        Change { after: wanted.levels, reasons: &wanted.reasons, valid_until, expired_at: now, why: None };
    let new = NewIdentificationRow {
        project: user.project_id,
        user: user.id,
        process: wanted.process,
        document: wanted.document.as_ref().map(|(kind, _)| *kind),
        created_at: wanted.created_at,
        change,
    };
    let row = change::insert(transaction, clock, new).await?;
    if let Some((provider, reference)) = &wanted.source {
        let source = identification_source::Model {
            identification_id: row.id,
            project_id: user.project_id,
            provider: provider.clone(),
            reference: reference.clone(),
        };
        let taken = OnConflict::columns([ProjectId, Provider, Reference]).do_nothing().to_owned();
        let written = identification_source::Entity::insert_many([source.into_active_model().reset_all()])
            .on_conflict(taken)
            .exec_without_returning(transaction)
            .await?;
        if written == 0 {
            let known = identification_source::Entity::find()
                .filter(ProjectId.eq(user.project_id))
                .filter(Provider.eq(provider.as_str()))
                .filter(Reference.eq(reference.as_str()));
            let known = known.one(transaction).await?.map(|row| row.identification_id).unwrap_or_default();
            return Ok(InsertOutcome::SourceKnown(known));
        }
    }
    if let Some((kind, fields)) = &wanted.document {
        let key = locked.key(transaction, vault).await?;
        let index = submit::DocumentContext {
            id: clock.new_id(),
            user,
            session: None,
            identification: Some(row.id),
            step: None,
            match_level: None,
        };
        submit::insert(transaction, &key, now, index, Some(kind_of(*kind)), fields).await?;
    }
    Ok(InsertOutcome::Inserted(row))
}

const fn kind_of(document: DocumentType) -> document::Kind {
    match document {
        DocumentType::IdCard => document::Kind::IdCard,
        DocumentType::Passport => document::Kind::Passport,
        DocumentType::ResidencePermit => document::Kind::ResidencePermit,
        DocumentType::DriversLicense => document::Kind::DriversLicense,
    }
}

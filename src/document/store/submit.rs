//! Adds a document to a session: one transaction, with the session locked.

use chrono::NaiveDate;
use entity::{
    document::{Findings, Kind, Model},
    identification, user,
    verification_session::{self, Step},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use uuid::Uuid;

use crate::{
    Result,
    auth::Caller,
    clock::Clock,
    crypto::{DataKey, Vault},
    db::{Store, Transaction},
    document::{Fields, checks, store::visible_to},
    idempotency::{self, IdempotencyKey, KeyState},
    identification::store::visible_to as visible_identifications,
    session::{
        rules,
        store::{emit, visible_to as visible_sessions},
    },
    user::store::lock::{LockOutcome, lock_owner},
};

/// A document to add.
#[derive(Clone, Debug)]
pub struct NewDocument {
    pub session: Uuid,
    pub identification: Option<Uuid>,
    /// `None` for documents that no step captures.
    pub step: Option<Step>,
    pub kind: Option<Kind>,
    pub fields: Fields,
    pub match_level: Option<i32>,
    pub key: Option<IdempotencyKey>,
}

/// Outcome of adding a document.
#[derive(Clone, Debug)]
pub enum SubmitOutcome {
    Document(Model),
    SessionNotFound,
    /// The user of the session is erased or restricted: no data is stored for it any more.
    UserErased,
    SessionClosed,
    IdentificationNotFound,
    /// The session has no such step.
    NoSuchStep,
    KeyReused,
}

/// Adds a document to a session that is not closed.
pub async fn submit(
    store: &Store,
    vault: &Vault,
    clock: &Clock,
    caller: &Caller,
    new: &NewDocument,
) -> Result<SubmitOutcome> {
    let transaction = store.begin().await?;
    let visible = visible_sessions(store, caller).filter(verification_session::Column::Id.eq(new.session));
    let owner = verification_session::Column::UserId;
    let user = match lock_owner(&transaction, caller.project_id(), visible.clone(), owner).await? {
        LockOutcome::Locked(user) => user,
        LockOutcome::NotFound => return Ok(SubmitOutcome::SessionNotFound),
        LockOutcome::Restricted | LockOutcome::Erased => return Ok(SubmitOutcome::UserErased),
    };
    let Some(session) = visible.lock_exclusive().one(&transaction).await? else {
        return Ok(SubmitOutcome::SessionNotFound);
    };
    // Concurrent submissions to the same session wait for the end of this transaction, so the key cannot be
    // used in between.
    match idempotency::find(&transaction, caller, clock, new.key.as_ref()).await? {
        KeyState::Unused => {}
        KeyState::Conflict => return Ok(SubmitOutcome::KeyReused),
        KeyState::Used(id) => {
            let known = visible_to(store, caller).filter(entity::document::Column::Id.eq(id));
            let known = known.one(&transaction).await?;
            return Ok(known.map_or(SubmitOutcome::KeyReused, SubmitOutcome::Document));
        }
    }
    if rules::is_closed(session.status) {
        return Ok(SubmitOutcome::SessionClosed);
    }
    if new.step.is_some_and(|step| !session.steps.0.contains(&step)) {
        return Ok(SubmitOutcome::NoSuchStep);
    }
    if let Some(id) = new.identification {
        let identification = visible_identifications(store, caller)
            .filter(identification::Column::Id.eq(id))
            .filter(identification::Column::UserId.eq(session.user_id));
        if identification.one(&transaction).await?.is_none() {
            return Ok(SubmitOutcome::IdentificationNotFound);
        }
    }
    let key = user.key(&transaction, vault).await?;
    let (id, now) = (clock.new_id(), clock.now());
    let context = DocumentContext {
        id,
        user: user.row(),
        session: Some(session.id),
        identification: new.identification,
        step: new.step,
        match_level: new.match_level,
    };
    let row = insert(&transaction, &key, now, context, new.kind, &new.fields).await?;
    // Another request may have used the key in the meantime, for another session.
    if !idempotency::remember(&transaction, caller, clock, new.key.as_ref(), id).await? {
        return Ok(SubmitOutcome::KeyReused);
    }
    emit::filled(&transaction, clock, session.project_id, session.id).await?;
    transaction.commit().await?;
    Ok(SubmitOutcome::Document(row))
}

/// The owners of a document, and its metadata besides the read fields.
#[derive(Clone, Copy, Debug)]
pub struct DocumentContext<'a> {
    pub id: Uuid,
    pub user: &'a user::Model,
    pub session: Option<Uuid>,
    pub identification: Option<Uuid>,
    pub step: Option<Step>,
    pub match_level: Option<i32>,
}

/// Checks, seals and inserts a document, with the key of its user.
pub async fn insert(
    transaction: &Transaction,
    key: &DataKey,
    now: entity::Timestamp,
    context: DocumentContext<'_>,
    kind: Option<Kind>,
    fields: &Fields,
) -> Result<Model> {
    let (project, id) = (context.user.project_id, context.id);
    let (mrz_status, findings) = checks::check(fields, day(now));
    let row = Model {
        id,
        project_id: project,
        user_id: context.user.id,
        session_id: context.session,
        identification_id: context.identification,
        step: context.step,
        kind,
        fields: fields.seal(key, project, id)?,
        mrz_status,
        findings: Findings(findings),
        match_level: context.match_level,
        created_at: now,
        updated_at: now,
    };
    let insert = entity::document::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(transaction).await?;
    Ok(row)
}

/// Replaces the content of a locked document by that of another, which keeps a match level that the other lacks.
pub async fn set_content(
    transaction: &Transaction,
    clock: &Clock,
    key: &DataKey,
    row: entity::document::Model,
    new: NewDocument,
) -> Result<()> {
    let now = clock.now();
    let (mrz_status, findings) = checks::check(&new.fields, day(now));
    let (project, id, match_level) = (row.project_id, row.id, new.match_level.or(row.match_level));
    let mut change = row.into_active_model();
    change.kind = Set(new.kind);
    change.fields = Set(new.fields.seal(key, project, id)?);
    change.mrz_status = Set(mrz_status);
    change.findings = Set(Findings(findings));
    change.match_level = Set(match_level);
    change.updated_at = Set(now);
    change.update(transaction).await?;
    Ok(())
}

/// Returns the UTC day of a time.
#[must_use]
pub fn day(at: entity::Timestamp) -> NaiveDate {
    // `None` only for times some 260,000 years away from 1970.
    chrono::DateTime::from_timestamp_millis(at.0).unwrap_or_default().date_naive()
}

//! Starts a session: finds or creates the user, and resumes an open session.

use entity::{
    user,
    verification_session::{Column, Entity, Model, Status, Step, Steps},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::{emit, seal, visible_to};
use crate::{
    Result,
    auth::Caller,
    clock::Clock,
    crypto::{DataKey, Vault},
    db::{Store, Transaction},
    idempotency::{self, IdempotencyKey, KeyState},
    session::rules::{ADDRESS, ADDRESSES, DEFAULT_FLOW, FLOW_ID, is_ref_id, is_text},
    user::{
        ValidPersonal,
        store::{
            lock::{LockOutcome, LockedUser, lock_one},
            visible_to as visible_users, write,
        },
    },
};

/// A session to start.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The client's id of the user.
    pub ref_id: String,
    pub flow_id: Option<String>,
    pub steps: Vec<Step>,
    /// Personal data for a new user. An existing user's data stays unchanged.
    pub user: ValidPersonal,
    /// Addresses at which the user was seen.
    pub addresses: Vec<String>,
    /// Whether to start a new session even if one is open.
    pub force: bool,
    pub key: Option<IdempotencyKey>,
}

/// Outcome of starting a session.
#[derive(Clone, Debug)]
pub enum CreateOutcome {
    /// The session, new or resumed.
    Session(Model),
    /// The user is erased or restricted, or the caller would not see it.
    UserNotFound,
    KeyReused,
}

/// Starts a session, or resumes the session of this user and flow that is in progress.
pub async fn create(
    store: &Store,
    vault: &Vault,
    clock: &Clock,
    caller: &Caller,
    new: &NewSession,
) -> Result<CreateOutcome> {
    // Before the transaction, because a project's first key is created in a separate one.
    vault.project(caller.project_id()).await?;
    loop {
        let transaction = store.begin().await?;
        let Some(user) = found_or_made(&transaction, store, vault, clock, caller, new).await? else {
            return Ok(CreateOutcome::UserNotFound);
        };
        match idempotency::find(&transaction, caller, clock, new.key.as_ref()).await? {
            KeyState::Unused => {}
            KeyState::Conflict => return Ok(CreateOutcome::KeyReused),
            KeyState::Used(id) => {
                let known = visible_to(store, caller).filter(Column::Id.eq(id)).one(&transaction).await?;
                return Ok(known.map_or(CreateOutcome::UserNotFound, CreateOutcome::Session));
            }
        }
        let key = user.key(&transaction, vault).await?;
        let user = user.row();
        let open = open_one(&transaction, store, caller, user.id, new).await?;
        let session = if let Some(session) = open {
            session
        } else {
            let session = insert(&transaction, clock, user, &key, new).await?;
            emit::created(&transaction, clock, &session).await?;
            session
        };
        // Another request may have used the key in the meantime, for another user.
        if idempotency::remember(&transaction, caller, clock, new.key.as_ref(), session.id).await? {
            transaction.commit().await?;
            return Ok(CreateOutcome::Session(session));
        }
    }
}

/// Finds or creates the user and locks it until the transaction ends: of two concurrent starts for one user,
/// the second waits.
async fn found_or_made(
    transaction: &Transaction,
    store: &Store,
    vault: &Vault,
    clock: &Clock,
    caller: &Caller,
    new: &NewSession,
) -> Result<Option<LockedUser>> {
    let named = || visible_users(store, caller).filter(user::Column::RefId.eq(new.ref_id.as_str()));
    match lock_one(transaction, named()).await? {
        LockOutcome::Locked(user) => return Ok(Some(user)),
        LockOutcome::Restricted | LockOutcome::Erased => return Ok(None),
        LockOutcome::NotFound => {}
    }
    // The caller would not see the new user, and must not learn whether a user outside its limits has this
    // id.
    if caller.tag_limits().is_some() {
        return Ok(None);
    }
    let user = write::NewUser {
        ref_id: Some(new.ref_id.clone()),
        personal: new.user.clone(),
        ..write::NewUser::default()
    };
    // `None`: a concurrent insert of the same user was waited for.
    write::insert(transaction, vault, clock, caller.project_id(), &user).await?;
    Ok(lock_one(transaction, named()).await?.locked())
}

/// Finds the newest session of the user that is in progress, and of the flow if one is given.
async fn open_one(
    transaction: &Transaction,
    store: &Store,
    caller: &Caller,
    user: Uuid,
    new: &NewSession,
) -> Result<Option<Model>> {
    if new.force {
        return Ok(None);
    }
    let mut open = visible_to(store, caller)
        .filter(Column::UserId.eq(user))
        .filter(Column::Status.eq(Status::InProgress))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id);
    if let Some(flow) = &new.flow_id {
        open = open.filter(Column::FlowId.eq(flow.as_str()));
    }
    Ok(open.limit(1).one(transaction).await?)
}

async fn insert(
    transaction: &Transaction,
    clock: &Clock,
    user: &user::Model,
    key: &DataKey,
    new: &NewSession,
) -> Result<Model> {
    let (id, now) = (clock.new_id(), clock.now());
    let row = Model {
        id,
        project_id: user.project_id,
        user_id: user.id,
        source_id: None,
        flow_id: new.flow_id.clone().unwrap_or_else(|| DEFAULT_FLOW.to_owned()),
        status: Status::InProgress,
        steps: Steps(new.steps.clone()),
        metadata: seal(key, user.project_id, id, &new.addresses)?,
        created_at: now,
        updated_at: now,
        completed_at: None,
        version: 1,
    };
    Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(transaction).await?;
    Ok(row)
}

impl NewSession {
    /// Returns the name of the argument that cannot be stored, if any: a text that is empty, too long, or
    /// contains a NUL.
    #[must_use]
    pub fn unstorable(&self) -> Option<&'static str> {
        let is_wrong = |text: &Option<String>, most| text.as_ref().is_some_and(|text| !is_text(text, most));
        let is_address = |address: &String| is_text(address, ADDRESS);
        if !is_ref_id(&self.ref_id) {
            Some("refId")
        } else if is_wrong(&self.flow_id, FLOW_ID) {
            Some("flowId")
        } else if self.addresses.len() > ADDRESSES || !self.addresses.iter().all(is_address) {
            Some("metadata")
        } else {
            None
        }
    }
}

//! Locks the user of a change: the one place that decides whether a user may be acted on.

use std::collections::HashSet;

use entity::{identification, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, Query},
};
use uuid::Uuid;

use super::visible_to;
use crate::{
    Error, Result,
    auth::Caller,
    crypto::{DataKey, Vault},
    db::{Store, column::column, dialect::Dialect},
    user::{Personal, personal::key_of},
};

/// A user that may be acted on, locked until the transaction ends: no erasure or restriction can happen in
/// between.
///
/// Lock order: identifications, then the user, then all other rows of the user. Erasures lock in this order
/// too.
#[derive(Clone, Debug)]
pub struct LockedUser(user::Model);

/// Result of locking a user.
#[derive(Clone, Debug)]
pub enum LockOutcome {
    /// The user may be acted on.
    Locked(LockedUser),
    /// The user does not exist or is not visible to the caller.
    NotFound,
    /// The user is erased when its legal hold is released; no change to it is allowed until then.
    Restricted,
    /// The user is erased.
    Erased,
}

impl LockOutcome {
    /// Returns the user, if it may be acted on.
    #[must_use]
    pub fn locked(self) -> Option<LockedUser> {
        match self {
            Self::Locked(user) => Some(user),
            Self::NotFound | Self::Restricted | Self::Erased => None,
        }
    }

    /// A user as it was found.
    fn of(row: user::Model) -> Self {
        match row.status {
            _ if is_actionable(&row) => Self::Locked(LockedUser(row)),
            user::Status::Restricted => Self::Restricted,
            user::Status::Active | user::Status::Deactivated | user::Status::Erased => Self::Erased,
        }
    }
}

/// Whether a user may be acted on: it is neither erased nor restricted.
#[must_use]
pub const fn is_actionable(row: &user::Model) -> bool {
    matches!(row.status, user::Status::Active | user::Status::Deactivated) && row.wrapped_key.is_some()
}

/// Locks the user with this id, if it is visible to the caller and may be acted on.
pub async fn lock(
    transaction: &impl ConnectionTrait,
    store: &Store,
    caller: &Caller,
    id: Uuid,
) -> Result<LockOutcome> {
    lock_one(transaction, visible_to(store, caller).filter(user::Column::Id.eq(id))).await
}

/// Locks the user that a row belongs to. `rows` selects that row within the caller's scope.
/// [`LockOutcome::NotFound`] if the row does not exist or belongs to no user.
pub async fn lock_owner<E: EntityTrait>(
    transaction: &impl ConnectionTrait,
    project: Uuid,
    rows: Select<E>,
    owner: E::Column,
) -> Result<LockOutcome> {
    let owner = rows.select_only().column(owner).into_query();
    let users = user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .filter(user::Column::Id.in_subquery(owner));
    lock_one(transaction, users).await
}

/// Locks the user that a select returns.
pub async fn lock_one(
    transaction: &impl ConnectionTrait,
    users: Select<user::Entity>,
) -> Result<LockOutcome> {
    let row = users.lock_exclusive().one(transaction).await?;
    Ok(row.map_or(LockOutcome::NotFound, LockOutcome::of))
}

/// Locks users, and their identifications before them, whether or not they may be acted on: for writing many
/// records of many users in one transaction. Returns the rows as of the lock.
pub async fn lock_all(
    transaction: &impl ConnectionTrait,
    dialect: Dialect,
    project: Uuid,
    users: &[Uuid],
) -> Result<Vec<user::Model>> {
    identification::Entity::find()
        .filter(identification::Column::ProjectId.eq(project))
        .filter(dialect.id_in(column::<identification::Entity>(identification::Column::UserId), users))
        .select_only()
        .column(identification::Column::Id)
        .order_by_asc(identification::Column::Id)
        .lock_exclusive()
        .into_tuple::<Uuid>()
        .all(transaction)
        .await?;
    let rows = user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .filter(dialect.id_in(column::<user::Entity>(user::Column::Id), users))
        .order_by_asc(user::Column::Id)
        .lock_exclusive();
    Ok(rows.all(transaction).await?)
}

/// Condition that the user of a project in a column may be acted on, for statements over many rows.
#[must_use]
pub fn of_actionable(dialect: Dialect, project: Uuid, owner: (&'static str, &'static str)) -> Expr {
    let owners = Query::select()
        .expr(Expr::cust("1"))
        .from(user::Entity)
        .and_where(user::Column::ProjectId.eq(project))
        .and_where(Expr::col(column::<user::Entity>(user::Column::Id)).equals(owner))
        .cond_where(actionable())
        .take();
    dialect.exists(owners)
}

/// Returns those of these users that may be acted on. Their identifications are locked, so no erasure or
/// restriction can happen in between.
pub async fn actionable_among(
    transaction: &impl ConnectionTrait,
    dialect: Dialect,
    project: Uuid,
    users: &[Uuid],
) -> Result<HashSet<Uuid>> {
    let rows = user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .filter(dialect.id_in(column::<user::Entity>(user::Column::Id), users))
        .filter(actionable())
        .select_only()
        .column(user::Column::Id);
    Ok(rows.into_tuple().all(transaction).await?.into_iter().collect())
}

/// [`is_actionable`] as a condition.
fn actionable() -> Condition {
    Condition::all()
        .add(user::Column::Status.is_in([user::Status::Active, user::Status::Deactivated]))
        .add(user::Column::WrappedKey.is_not_null())
}

impl LockedUser {
    /// Returns the current row.
    #[must_use]
    pub const fn row(&self) -> &user::Model {
        &self.0
    }

    /// Returns the row, for changing it.
    #[must_use]
    pub fn into_row(self) -> user::Model {
        self.0
    }

    /// Returns the key that seals the user's data.
    ///
    /// # Errors
    ///
    /// When the database fails, or the key was modified.
    pub async fn key(&self, transaction: &impl ConnectionTrait, vault: &Vault) -> Result<DataKey> {
        let key = key_of(&vault.within(transaction), &self.0).await?;
        key.ok_or(Error::Fault("a user that may be acted on has no key"))
    }

    /// Returns the user's personal data.
    ///
    /// # Errors
    ///
    /// When the database fails, or the row was modified.
    pub async fn personal(&self, transaction: &impl ConnectionTrait, vault: &Vault) -> Result<Personal> {
        Personal::of(&vault.within(transaction), &self.0).await
    }
}

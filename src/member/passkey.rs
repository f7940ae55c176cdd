//! The passkeys of members. What sign-ins are checked against is sealed by the member's key.

use entity::{
    member,
    member_passkey::{ActiveModel, Column, Entity, Model},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, sea_query::Expr,
};
use sealing::AssociatedData;
use uuid::Uuid;

use super::{
    ceremony::{Registered, SignedIn},
    profile, store,
};
use crate::{Error, Result, audit::Action, clock::Clock, crypto::RootKey, db::Transaction};

/// Passkeys that a member can have.
pub const MOST: usize = 20;
/// Maximum length of a label, in characters.
const LABEL: usize = 100;

/// Lists the passkeys of a member, oldest first.
pub async fn list(db: &impl ConnectionTrait, member: Uuid) -> Result<Vec<Model>> {
    let rows = Entity::find().filter(Column::MemberId.eq(member)).order_by_asc(Column::Id);
    Ok(rows.all(db).await?)
}

/// Counts the passkeys of a member.
pub async fn count(db: &impl ConnectionTrait, member: Uuid) -> Result<u64> {
    Ok(Entity::find().filter(Column::MemberId.eq(member)).count(db).await?)
}

/// Returns the passkey that devices know under an id.
pub async fn find(db: &impl ConnectionTrait, credential_id: &[u8]) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::CredentialId.eq(credential_id)).one(db).await?)
}

/// Opens what sign-ins are checked against. `None` if the member is erased.
///
/// # Errors
///
/// When it was sealed with another root key.
pub fn open(root: &RootKey, member: &member::Model, row: &Model) -> Result<Option<Vec<u8>>> {
    let Some(key) = profile::key(root, member)? else { return Ok(None) };
    Ok(Some(key.open(of(member.id, row.id), &row.passkey)?))
}

/// Checks a label that a person has typed.
///
/// # Errors
///
/// [`Error::Argument`] that says which labels are valid.
pub fn label(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LABEL || text.chars().any(char::is_control) {
        return Err(Error::argument("label", format!("write a name of 1 to {LABEL} characters")));
    }
    Ok(text.to_owned())
}

/// Adds a passkey to a member's account.
pub async fn insert(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    member: &member::Model,
    (label, new): (String, Registered),
) -> Result<()> {
    let key = profile::key(root, member)?.ok_or(Error::Fault("an erased member adds a passkey"))?;
    let id = clock.new_id();
    let row = Model {
        id,
        member_id: member.id,
        credential_id: new.credential_id,
        passkey: key.seal(of(member.id, id), &new.passkey)?,
        label,
        is_backed_up: new.is_backed_up,
        created_at: clock.now(),
        last_used_at: None,
    };
    let insert = Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(transaction).await?;
    store::record(transaction, clock, member.id, Action::MemberPasskeyAdded).await
}

/// Records that a passkey was used.
pub async fn record_use(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    member: &member::Model,
    (row, used): (&Model, SignedIn),
) -> Result<()> {
    let mut change = ActiveModel {
        id: Set(row.id),
        is_backed_up: Set(used.is_backed_up),
        last_used_at: Set(Some(clock.now())),
        ..Default::default()
    };
    if let Some(passkey) = used.updated {
        let key = profile::key(root, member)?.ok_or(Error::Fault("an erased member signs in"))?;
        change.passkey = Set(key.seal(of(member.id, row.id), &passkey)?);
    }
    change.update(transaction).await?;
    Ok(())
}

/// Renames a passkey of a member. Returns whether the member has it.
pub async fn rename(
    transaction: &Transaction,
    clock: &Clock,
    member: Uuid,
    id: Uuid,
    label: String,
) -> Result<bool> {
    let rows = Entity::update_many()
        .col_expr(Column::Label, Expr::value(label))
        .filter(Column::Id.eq(id))
        .filter(Column::MemberId.eq(member));
    let is_renamed = rows.exec(transaction).await?.rows_affected == 1;
    if is_renamed {
        store::record(transaction, clock, member, Action::MemberMethodsChanged).await?;
    }
    Ok(is_renamed)
}

/// Removes a passkey of a member. Returns whether the member had it.
pub async fn delete(transaction: &Transaction, clock: &Clock, member: Uuid, id: Uuid) -> Result<bool> {
    let rows = Entity::delete_many().filter(Column::Id.eq(id)).filter(Column::MemberId.eq(member));
    let is_deleted = rows.exec(transaction).await?.rows_affected == 1;
    if is_deleted {
        store::record(transaction, clock, member, Action::MemberPasskeyRemoved).await?;
    }
    Ok(is_deleted)
}

fn of(member: Uuid, row: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: member, table: "member_passkeys", column: "passkey", row }
}

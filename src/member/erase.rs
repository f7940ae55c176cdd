//! Erases a member: its name and address, and every way to sign in. What it did keeps its number.

use entity::{
    member::{self, Status},
    member_link, member_passkey, member_session,
    membership::{self, Model as Membership},
    oidc_identity,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use super::{
    access::{lock_project, owners},
    link, methods, store,
};
use crate::{
    Error, Result,
    audit::{self, Action, Entry},
    auth::Caller,
    clock::Clock,
    crypto::{RootKey, provider},
    db::{Store, Transaction},
    saved_view,
};

/// Length of the value that replaces the hash of the e-mail address, in bytes.
const HASH: usize = 32;

/// Outcome of an erasure.
#[derive(Clone, Debug)]
pub enum EraseOutcome {
    Done(Membership),
    /// The caller's project has no such membership, or the member is erased already.
    NotFound,
    /// A project would be left without an owner.
    LastOwner,
}

/// Erases the member of a membership of the caller's project, in every project. The last owner of a project stays.
pub async fn erase(
    store: &Store,
    root: &RootKey,
    caller: &Caller,
    clock: &Clock,
    id: Uuid,
) -> Result<EraseOutcome> {
    let transaction = store.begin().await?;
    let row = store::visible_to(caller).filter(membership::Column::Id.eq(id)).one(&transaction).await?;
    let Some(row) = row else { return Ok(EraseOutcome::NotFound) };
    let member = store::find(&transaction, row.member_id).await?;
    let Some(member) = member.filter(|member| member.status != Status::Removed) else {
        return Ok(EraseOutcome::NotFound);
    };
    let memberships = membership::Entity::find().filter(membership::Column::MemberId.eq(member.id));
    // Always in one order, so that two erasures do not wait for each other.
    let memberships = memberships.order_by_asc(membership::Column::ProjectId).all(&transaction).await?;
    for membership in memberships {
        if !end(&transaction, clock, membership).await? {
            return Ok(EraseOutcome::LastOwner);
        }
    }
    delete_links(&transaction, root, &member).await?;
    delete_methods(&transaction, member.id).await?;
    let mut email_hash = vec![0; HASH];
    provider::fill(&mut email_hash)
        .map_err(|_| Error::Fault("the operating system provides no randomness"))?;
    let erased = member::ActiveModel {
        id: Set(member.id),
        // Without the key, copies of the row are erased too.
        wrapped_key: Set(Vec::new()),
        personal: Set(Vec::new()),
        email_hash: Set(email_hash),
        locale: Set(None),
        status: Set(Status::Removed),
        is_operator: Set(false),
        updated_at: Set(clock.now()),
        ..Default::default()
    };
    erased.update(&transaction).await?;
    let row = store::visible_to(caller).filter(membership::Column::Id.eq(id)).one(&transaction).await?;
    transaction.commit().await?;
    Ok(row.map_or(EraseOutcome::NotFound, EraseOutcome::Done))
}

/// Ends a membership of a member that is erased, and records it in the project. Returns `false` if the project would
/// have no owner.
async fn end(transaction: &Transaction, clock: &Clock, mut row: Membership) -> Result<bool> {
    lock_project(transaction, row.project_id).await?;
    let had_owner = owners(transaction, row.project_id).await? > 0;
    if row.ended_at.is_none() {
        row.ended_at = Some(clock.now());
        store::update_membership(transaction, &row).await?;
    }
    if had_owner && owners(transaction, row.project_id).await? == 0 {
        return Ok(false);
    }
    saved_view::store::delete_of(transaction, row.project_id, row.id).await?;
    let entry = Entry { project: row.project_id, action: Action::MemberErased, resource: row.id, user: None };
    audit::record(transaction, clock, entry).await?;
    Ok(true)
}

/// Deletes the links that give the member access back, and the invitations of its address.
async fn delete_links(transaction: &Transaction, root: &RootKey, member: &member::Model) -> Result<()> {
    let invited = member_link::Entity::find().filter(member_link::Column::Email.is_not_null());
    let mut ids = Vec::new();
    for row in invited.all(transaction).await? {
        let email = link::email(root, &row)?;
        if email.is_some_and(|email| root.member_email(&email) == member.email_hash) {
            ids.push(row.id);
        }
    }
    let of_member = member_link::Column::MemberId.eq(member.id).or(member_link::Column::Id.is_in(ids));
    member_link::Entity::delete_many().filter(of_member).exec(transaction).await?;
    Ok(())
}

async fn delete_methods(transaction: &Transaction, member: Uuid) -> Result<()> {
    methods::remove_password(transaction, member).await?;
    let passkeys = member_passkey::Entity::delete_many();
    passkeys.filter(member_passkey::Column::MemberId.eq(member)).exec(transaction).await?;
    let identities = oidc_identity::Entity::delete_many();
    identities.filter(oidc_identity::Column::MemberId.eq(member)).exec(transaction).await?;
    // They say from where the person signed in, and with which browser.
    let sessions = member_session::Entity::delete_many();
    sessions.filter(member_session::Column::MemberId.eq(member)).exec(transaction).await?;
    Ok(())
}

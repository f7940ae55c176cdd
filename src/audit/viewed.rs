//! Entries of reads, written before the answer. A member that looks at a person is recorded once in ten minutes, and
//! each image that it opens.

use entity::audit_event::{Column, Entity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{Action, Entry, store::record};
use crate::{
    Result,
    auth::Caller,
    clock::Clock,
    db::{Store, column::of_project},
};

/// Seconds for which one entry stands for all reads of a member.
const PERIOD: i64 = 10 * 60;

/// Records that a member looked at a user. Programs are not recorded.
///
/// # Errors
///
/// When the entry cannot be written: then there is no answer either.
pub async fn record_view(store: &Store, clock: &Clock, caller: &Caller, user: Uuid) -> Result<()> {
    let Some(access) = caller.member() else { return Ok(()) };
    let project = caller.project_id();
    let known = Entity::find()
        .filter(of_project::<Entity>(project))
        .filter(Column::UserId.eq(user))
        .filter(Column::CreatedAt.gt(clock.now().plus_seconds(-PERIOD)))
        .filter(Column::MembershipId.eq(access.membership.id))
        .filter(Column::Action.eq(Action::UserViewed.name()))
        .select_only()
        .column(Column::Id)
        .into_tuple::<Uuid>()
        .one(store.write())
        .await?;
    if known.is_some() {
        return Ok(());
    }
    let transaction = store.begin().await?;
    let entry = Entry { project, action: Action::UserViewed, resource: user, user: Some(user) };
    record(&transaction, clock, entry).await?;
    Ok(transaction.commit().await?)
}

/// Records that a member opened an image, by the id of the image or of its proofing request. Programs are not
/// recorded.
///
/// # Errors
///
/// When the entry cannot be written: then there is no image either.
pub async fn record_image_view(
    store: &Store,
    clock: &Clock,
    caller: &Caller,
    (image, user): (Uuid, Option<Uuid>),
) -> Result<()> {
    if caller.member().is_none() {
        return Ok(());
    }
    let transaction = store.begin().await?;
    let (project, action) = (caller.project_id(), Action::DocumentImageViewed);
    record(&transaction, clock, Entry { project, action, resource: image, user }).await?;
    Ok(transaction.commit().await?)
}

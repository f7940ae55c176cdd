//! The members that identity providers know: by issuer and subject, never by e-mail address, which a provider may
//! give to another person.

use entity::oidc_identity::{ActiveModel, Column, Entity, Model};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use crate::{Result, clock::Clock, crypto::RootKey, db::Transaction};

/// Returns the member that a provider knows under a subject.
pub async fn find(
    db: &impl ConnectionTrait,
    root: &RootKey,
    (provider, subject): (Uuid, &str),
) -> Result<Option<Model>> {
    Ok(Entity::find_by_id((provider, root.oidc_subject(provider, subject))).one(db).await?)
}

/// Lists the identities of a member.
pub async fn of_member(db: &impl ConnectionTrait, member: Uuid) -> Result<Vec<Model>> {
    Ok(Entity::find().filter(Column::MemberId.eq(member)).all(db).await?)
}

/// Records that a provider knows a member.
pub async fn insert(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    (provider, subject): (Uuid, &str),
    member: Uuid,
) -> Result<()> {
    let row = ActiveModel {
        provider_id: Set(provider),
        subject_hash: Set(root.oidc_subject(provider, subject)),
        member_id: Set(member),
        created_at: Set(clock.now()),
    };
    Entity::insert(row).exec_without_returning(transaction).await?;
    Ok(())
}

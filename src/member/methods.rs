//! How a member can sign in.

use entity::{member, member_password, member_recovery_code as recovery, member_totp};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{
    oidc::{identity, provider},
    passkey,
};
use crate::{Result, db::Transaction};

/// How a member can sign in. A password is one with an authenticator app only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Methods {
    pub has_password: bool,
    pub has_authenticator: bool,
    /// Recovery codes that are not used yet.
    pub recovery_codes: u64,
    pub passkeys: u64,
    /// The identity providers that know the member.
    pub providers: Vec<Uuid>,
}

impl Methods {
    /// Whether the member can sign in without an operator's help.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.can_use_password() || self.passkeys > 0 || !self.providers.is_empty()
    }

    /// Whether the member can sign in by password.
    #[must_use]
    pub const fn can_use_password(&self) -> bool {
        self.has_password && self.has_authenticator
    }
}

/// Reads how a member can sign in.
pub async fn of(db: &impl ConnectionTrait, member: Uuid) -> Result<Methods> {
    let codes = recovery::Entity::find()
        .filter(recovery::Column::MemberId.eq(member))
        .filter(recovery::Column::UsedAt.is_null());
    let active = provider::list_active(db).await?;
    let mut providers: Vec<Uuid> =
        identity::of_member(db, member).await?.into_iter().map(|row| row.provider_id).collect();
    providers.retain(|id| active.iter().any(|provider| provider.id == *id));
    Ok(Methods {
        providers,
        has_password: member_password::Entity::find_by_id(member).one(db).await?.is_some(),
        has_authenticator: member_totp::Entity::find_by_id(member).one(db).await?.is_some(),
        recovery_codes: codes.count(db).await?,
        passkeys: passkey::count(db, member).await?,
    })
}

/// Serializes the changes of a member's methods: two requests that each remove one would leave none.
pub async fn lock(transaction: &Transaction, member: Uuid) -> Result<()> {
    let row = member::Entity::find_by_id(member).select_only().column(member::Column::Id);
    row.lock_exclusive().into_tuple::<Uuid>().one(transaction).await?;
    Ok(())
}

/// Removes a member's password, its authenticator app and its recovery codes.
pub async fn remove_password(transaction: &Transaction, member: Uuid) -> Result<()> {
    member_password::Entity::delete_by_id(member).exec(transaction).await?;
    member_totp::Entity::delete_by_id(member).exec(transaction).await?;
    recovery::Entity::delete_many().filter(recovery::Column::MemberId.eq(member)).exec(transaction).await?;
    Ok(())
}

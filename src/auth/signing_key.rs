//! The keys that sign access tokens.

use entity::signing_key;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use uuid::Uuid;

use super::{token::MAX_LIFE, token_grant::KEYS_LIVE};
use crate::{Result, clock::Clock, db::Store};

/// Creates a signing key, which signs from now on. Signatures of the old keys stay valid for the maximum
/// lifetime of a token. Running servers read the new key within 30 seconds.
pub async fn rotate_signing_key(store: &Store, clock: &Clock) -> Result<Uuid> {
    let now = clock.now();
    // Other servers sign with the old key until they read the new one.
    let expires_at = now.plus_seconds(MAX_LIFE + KEYS_LIVE.as_secs().cast_signed());
    let id = clock.new_id();
    let transaction = store.begin().await?;
    signing_key::Entity::update_many()
        .col_expr(signing_key::Column::ExpiresAt, Expr::value(expires_at))
        .filter(signing_key::Column::ExpiresAt.is_null())
        .exec(&transaction)
        .await?;
    let long_gone = Condition::all().add(signing_key::Column::ExpiresAt.lt(now));
    signing_key::Entity::delete_many().filter(long_gone).exec(&transaction).await?;
    let key = signing_key::ActiveModel { id: Set(id), created_at: Set(now), expires_at: Set(None) };
    signing_key::Entity::insert(key).exec_without_returning(&transaction).await?;
    transaction.commit().await?;
    Ok(id)
}

/// Creates the first signing key of a new database.
pub async fn ensure_signing_key(store: &Store, clock: &Clock) -> Result<()> {
    let signs = signing_key::Entity::find().filter(signing_key::Column::ExpiresAt.is_null());
    if signs.one(store.write()).await?.is_none() {
        rotate_signing_key(store, clock).await?;
    }
    Ok(())
}

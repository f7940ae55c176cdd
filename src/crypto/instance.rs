use entity::instance;
use migration::SchemaManager;
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait, sea_query::OnConflict};
use subtle::ConstantTimeEq;

use super::{RootKey, RootKeyError};
use crate::{Result, db::Store};

/// Id of the only row.
const ROW: i32 = 1;

/// Returns the fingerprint of the root key that a database belongs to; `None` if it belongs to no key yet.
pub async fn owner(store: &Store) -> Result<Option<Vec<u8>>, DbErr> {
    let catalog = store.for_migrations();
    if !SchemaManager::new(&catalog).has_table("instance").await? {
        return Ok(None);
    }
    let row = instance::Entity::find_by_id(ROW).one(store.read()).await?;
    Ok(row.map(|row| row.root_key_fingerprint))
}

/// Binds a new database to this root key, or checks that the database was created with this key.
///
/// # Errors
///
/// [`RootKeyError::Foreign`] if it belongs to another key, [`RootKeyError::Database`]. `source` says where the key came from.
pub async fn claim(store: &Store, root: &RootKey, source: &str) -> Result<(), RootKeyError> {
    let fingerprint = root.fingerprint();
    let row = instance::ActiveModel { id: Set(ROW), root_key_fingerprint: Set(fingerprint.clone()) };
    // If two servers start on an empty database, one inserts the row, and the other fails the check below.
    instance::Entity::insert(row)
        .on_conflict(OnConflict::column(instance::Column::Id).do_nothing().to_owned())
        .exec_without_returning(store.write())
        .await?;
    let row = instance::Entity::find_by_id(ROW).one(store.write()).await?;
    let is_ours = row.is_some_and(|row| bool::from(row.root_key_fingerprint.ct_eq(&fingerprint)));
    if is_ours { Ok(()) } else { Err(RootKeyError::Foreign(source.to_owned())) }
}

//! Rotation of the keys of a project's users in independent steps: it can stop and resume at any time, while
//! servers run.

use entity::user;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::SelectStatement,
};
use uuid::Uuid;

use crate::{
    Result,
    crypto::{Vault, Wrapped},
    db::Store,
};

/// Number of users in one transaction.
const BATCH: u64 = 500;

/// Counts the users whose key is wrapped by a project key other than the newest.
pub async fn count_outdated(store: &Store, project: Uuid, current: Uuid) -> Result<u64> {
    let rows = user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .filter(user::Column::ProjectKeyId.ne(current));
    Ok(rows.count(store.read()).await?)
}

/// Rewraps the keys of the next batch of users with the project's newest key. Returns their number; 0 when
/// done.
///
/// # Errors
///
/// When the database fails, or a key was modified.
pub async fn rewrap_batch(vault: &Vault, store: &Store, project: Uuid) -> Result<usize> {
    let keys = vault.project(project).await?;
    let transaction = store.begin().await?;
    let rows = user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .filter(user::Column::ProjectKeyId.ne(keys.current()))
        .order_by_asc(user::Column::Id)
        .limit(BATCH)
        .lock_exclusive()
        .all(&transaction)
        .await?;
    for row in &rows {
        let wrapped = match &row.wrapped_key {
            Some(key) => {
                let wrapped = Wrapped { project_key: row.project_key_id, key: key.clone() };
                Some(keys.rewrap(row.id, &wrapped)?.key)
            }
            None => None,
        };
        let change = user::ActiveModel {
            project_key_id: Set(keys.current()),
            wrapped_key: Set(wrapped),
            ..Default::default()
        };
        user::Entity::update_many()
            .set(change)
            .filter(user::Column::ProjectId.eq(project))
            .filter(user::Column::Id.eq(row.id))
            .exec(&transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(rows.len())
}

/// Selects the project keys that wrap keys of the project's users.
#[must_use]
pub fn project_keys_in_use(project: Uuid) -> SelectStatement {
    user::Entity::find()
        .filter(user::Column::ProjectId.eq(project))
        .select_only()
        .column(user::Column::ProjectKeyId)
        .into_query()
}

//! The rows of the index: which hashes a project has, and those of its users.

use entity::{
    user_name_index::{self, State},
    user_name_token::{Column, Entity, Model},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter};
use uuid::Uuid;

use super::{Bits, Hasher};
use crate::{
    Result,
    crypto::Vault,
    user::{Personal, ValidPersonal},
};

/// Rows of one insert statement: both databases limit its values.
const ROWS: usize = 4000;

/// Reads how far the index of a project is. `None`: the project has none.
///
/// # Errors
///
/// When the database fails.
pub async fn of(db: &impl ConnectionTrait, project: Uuid) -> Result<Option<user_name_index::Model>> {
    Ok(user_name_index::Entity::find_by_id(project).one(db).await?)
}

/// Inserts the hashes of users that have none, if their project has an index.
///
/// A change of a user has to lock its row before: then it is either seen by the step that builds the index, or sees
/// that the index is built.
///
/// # Errors
///
/// When the database fails.
pub async fn insert(
    db: &impl ConnectionTrait,
    vault: &Vault,
    project: Uuid,
    users: &[(Uuid, &ValidPersonal)],
) -> Result<()> {
    let Some(index) = of(db, project).await?.filter(|index| index.state != State::Ending) else {
        return Ok(());
    };
    let users: Vec<_> = users.iter().map(|(id, personal)| (*id, (*personal).get())).collect();
    insert_with(db, vault, (project, Bits::present(&index)), &users).await
}

/// Inserts hashes of these lengths.
pub(super) async fn insert_with(
    db: &impl ConnectionTrait,
    vault: &Vault,
    (project_id, bits): (Uuid, Bits),
    users: &[(Uuid, &Personal)],
) -> Result<()> {
    let hasher = Hasher { vault, project: project_id };
    let rows = users.iter().flat_map(|(user_id, personal)| {
        let row = |(kind, bucket)| Model { project_id, kind, bucket, user_id: *user_id };
        hasher.all(personal, bits).into_iter().map(row).collect::<Vec<_>>()
    });
    let rows: Vec<Model> = rows.collect();
    for some in rows.chunks(ROWS) {
        let rows = some.iter().map(|row| row.clone().into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Deletes the hashes of a user.
///
/// # Errors
///
/// When the database fails.
pub async fn delete(db: &impl ConnectionTrait, project: Uuid, user: Uuid) -> Result<()> {
    let rows = Entity::delete_many().filter(Column::ProjectId.eq(project)).filter(Column::UserId.eq(user));
    rows.exec(db).await?;
    Ok(())
}

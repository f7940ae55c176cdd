//! The roles of a project: rows of the built-in ones, and those that the project made.

use entity::role::{self, ActiveModel, BuiltIn, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter, QueryOrder,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{Error, Result, clock::Clock};

/// Inserts the rows of the built-in roles that a project does not have yet.
pub async fn ensure_built_in(db: &impl ConnectionTrait, clock: &Clock, project: Uuid) -> Result<()> {
    let now = clock.now();
    let rows = BuiltIn::iter().map(|built_in| ActiveModel {
        id: Set(clock.new_id()),
        project_id: Set(project),
        name: Set(name(built_in).to_owned()),
        built_in: Set(Some(built_in)),
        permissions: Set(None),
        is_masked: Set(built_in == BuiltIn::Support),
        version: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
    });
    let known = OnConflict::columns([Column::ProjectId, Column::Name]).do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// Returns the row of a built-in role. [`ensure_built_in`] has inserted it.
pub async fn built_in(db: &impl ConnectionTrait, project: Uuid, role: BuiltIn) -> Result<Model> {
    let row = Entity::find().filter(Column::ProjectId.eq(project)).filter(Column::BuiltIn.eq(role));
    row.one(db).await?.ok_or(Error::Fault("a project has no row of a built-in role"))
}

/// Returns the project's role with this name, without regard to case.
pub async fn named(db: &impl ConnectionTrait, project: Uuid, name: &str) -> Result<Option<Model>> {
    let roles = list(db, project).await?;
    Ok(roles.into_iter().find(|role| role.name.eq_ignore_ascii_case(name)))
}

/// Lists the roles of a project: the built-in ones first.
pub async fn list(db: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Model>> {
    let roles = Entity::find().filter(Column::ProjectId.eq(project)).order_by_asc(Column::Id);
    Ok(roles.all(db).await?)
}

/// Returns the name of a built-in role.
#[must_use]
pub const fn name(role: role::BuiltIn) -> &'static str {
    match role {
        BuiltIn::Owner => "Owner",
        BuiltIn::Admin => "Admin",
        BuiltIn::Reviewer => "Reviewer",
        BuiltIn::Support => "Support",
        BuiltIn::Developer => "Developer",
        BuiltIn::Auditor => "Auditor",
    }
}

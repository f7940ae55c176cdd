//! The SQL of saved views.

use entity::saved_view::{ActiveModel, Column, Entity, Model, Page};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, Iterable, PaginatorTrait,
    QueryFilter, QueryOrder, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::rules::{self, VIEWS};
use crate::{
    Result,
    audit::{self, Action, Entry},
    auth::{Caller, Permission},
    clock::Clock,
    db::{Store, Transaction},
    member::access::lock_project,
};

/// A view to save.
#[derive(Clone, Copy, Debug)]
pub struct NewView<'a> {
    pub page: Page,
    pub name: &'a str,
    pub query: &'a str,
    /// Whether every member of the project has it.
    pub is_for_everybody: bool,
}

/// Outcome of saving a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveOutcome {
    Saved(Model),
    /// The caller may not open the page, or not save views for everybody.
    Forbidden,
    TooMany,
}

/// Outcome of deleting a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeleteOutcome {
    Deleted,
    NotFound,
    Forbidden,
}

/// Selects the views that a caller may see: its own and those of everybody, of the pages that it may open.
fn visible_to(caller: &Caller) -> Select<Entity> {
    let pages = Page::iter().filter(|page| caller.holds(rules::needs(*page)));
    let own = match caller.actor().membership() {
        Some(membership) => Condition::any().add(Column::MembershipId.eq(membership)),
        None => Condition::any(),
    };
    Entity::find()
        .filter(Column::ProjectId.eq(caller.project_id()))
        .filter(own.add(Column::MembershipId.is_null()))
        .filter(Column::Page.is_in(pages))
}

/// Lists the views of a page, or of all, by name: those of everybody first.
pub async fn list(store: &Store, caller: &Caller, page: Option<Page>) -> Result<Vec<Model>> {
    let mut rows = visible_to(caller);
    if let Some(page) = page {
        rows = rows.filter(Column::Page.eq(page));
    }
    let mut rows = rows.order_by_asc(Column::Name).order_by_asc(Column::Id).all(store.read()).await?;
    // Not by the database: the two databases order nulls differently.
    rows.sort_by_key(|row| row.membership_id.is_some());
    Ok(rows)
}

/// Whether the caller may save and delete views of a member, or of everybody.
fn may_change(caller: &Caller, membership: Option<Uuid>) -> bool {
    match membership {
        Some(membership) => caller.actor().membership() == Some(membership),
        None => caller.holds(Permission::ProjectManage),
    }
}

/// Whether the caller may save views of a page. A credential has no views of its own.
#[must_use]
pub fn may_save(caller: &Caller, page: Page, is_for_everybody: bool) -> bool {
    let has_owner = is_for_everybody || caller.actor().membership().is_some();
    let owner = if is_for_everybody { None } else { caller.actor().membership() };
    has_owner && may_change(caller, owner) && caller.holds(rules::needs(page))
}

/// Saves a view. One of the same page, name and owner is replaced.
pub async fn save(store: &Store, caller: &Caller, clock: &Clock, new: NewView<'_>) -> Result<SaveOutcome> {
    let NewView { page, name, query, is_for_everybody } = new;
    if !may_save(caller, page, is_for_everybody) {
        return Ok(SaveOutcome::Forbidden);
    }
    let owner = if is_for_everybody { None } else { caller.actor().membership() };
    let project = caller.project_id();
    let transaction = store.begin().await?;
    // One after the other, so that names stay unique and the limit holds.
    lock_project(&transaction, project).await?;
    let of_owner = owned_by(project, owner);
    let same = of_owner.clone().filter(Column::Page.eq(page)).filter(Column::Name.eq(name));
    let same = same.one(&transaction).await?;
    let saved = if let Some(view) = same {
        let change = Entity::update_many()
            .col_expr(Column::Query, Expr::val(query))
            .filter(Column::ProjectId.eq(project))
            .filter(Column::Id.eq(view.id));
        change.exec(&transaction).await?;
        Model { query: query.to_owned(), ..view }
    } else {
        if of_owner.count(&transaction).await? >= VIEWS {
            transaction.rollback().await?;
            return Ok(SaveOutcome::TooMany);
        }
        let view = ActiveModel {
            id: Set(clock.new_id()),
            project_id: Set(project),
            membership_id: Set(owner),
            page: Set(page),
            name: Set(name.to_owned()),
            query: Set(query.to_owned()),
        };
        view.insert(&transaction).await?
    };
    record(&transaction, clock, Action::SavedViewSaved, &saved).await?;
    transaction.commit().await?;
    Ok(SaveOutcome::Saved(saved))
}

/// Deletes a view that the caller may see.
pub async fn delete(store: &Store, caller: &Caller, clock: &Clock, id: Uuid) -> Result<DeleteOutcome> {
    let transaction = store.begin().await?;
    let view = visible_to(caller).filter(Column::Id.eq(id)).one(&transaction).await?;
    let Some(view) = view else {
        let is_possible = caller.member().is_some() || caller.holds(Permission::ProjectManage);
        return Ok(if is_possible { DeleteOutcome::NotFound } else { DeleteOutcome::Forbidden });
    };
    if !may_change(caller, view.membership_id) {
        return Ok(DeleteOutcome::Forbidden);
    }
    let of_project = Entity::delete_many().filter(Column::ProjectId.eq(view.project_id));
    if of_project.filter(Column::Id.eq(id)).exec(&transaction).await?.rows_affected == 0 {
        return Ok(DeleteOutcome::NotFound);
    }
    record(&transaction, clock, Action::SavedViewDeleted, &view).await?;
    transaction.commit().await?;
    Ok(DeleteOutcome::Deleted)
}

/// Deletes the views of a member that is erased.
pub async fn delete_of(transaction: &Transaction, project: Uuid, membership: Uuid) -> Result<()> {
    let of_project = Entity::delete_many().filter(Column::ProjectId.eq(project));
    of_project.filter(Column::MembershipId.eq(membership)).exec(transaction).await?;
    Ok(())
}

fn owned_by(project: Uuid, owner: Option<Uuid>) -> Select<Entity> {
    let rows = Entity::find().filter(Column::ProjectId.eq(project));
    match owner {
        Some(membership) => rows.filter(Column::MembershipId.eq(membership)),
        None => rows.filter(Column::MembershipId.is_null()),
    }
}

async fn record(transaction: &Transaction, clock: &Clock, action: Action, view: &Model) -> Result<()> {
    let entry = Entry { project: view.project_id, action, resource: view.id, user: None };
    audit::record(transaction, clock, entry).await
}

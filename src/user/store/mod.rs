//! The SQL of users.

mod by_level;
pub mod erase;
pub mod lock;
pub mod replay;
pub mod rotation;
pub mod update;
pub mod write;

use std::collections::HashMap;

use entity::{user, user_lookup, user_tag};
use keyset::{Cell, CellKind, Direction, Key};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, Query, SelectStatement},
};
use uuid::Uuid;

use super::{filter::UserFilter, lookup};
use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column, dialect::Dialect, within},
};

/// Name of the counter of a project's users.
pub const NUMBERS: &str = "users";

/// Selects the users that a caller may see: its project's, and of those the ones with a tag that limits the
/// caller. Every select of this table starts here.
#[must_use]
pub fn visible_to(store: &Store, caller: &Caller) -> Select<user::Entity> {
    user::Entity::find().filter(in_scope::<user::Entity>(
        store,
        caller,
        user::Column::ProjectId,
        user::Column::Id,
    ))
}

/// Limits a table whose rows belong to users to the rows that a caller may see. The one place that does so.
pub fn in_scope<E: EntityTrait>(
    store: &Store,
    caller: &Caller,
    project: E::Column,
    user: E::Column,
) -> Condition {
    let scope = Condition::all().add(project.eq(caller.project_id()));
    let Some(tags) = caller.tag_limits() else { return scope };
    let tagged = Query::select()
        .expr(Expr::cust("1"))
        .from(user_tag::Entity)
        .and_where(user_tag::Column::ProjectId.eq(caller.project_id()))
        .and_where(
            Expr::col(column::<user_tag::Entity>(user_tag::Column::UserId)).eq(Expr::col(column::<E>(user))),
        )
        .and_where(has_tag(store.dialect(), tags))
        .take();
    scope.add(store.dialect().exists(tagged))
}

fn has_tag(dialect: Dialect, tags: &[String]) -> Expr {
    dialect.text_in(column::<user_tag::Entity>(user_tag::Column::Tag), tags.iter().map(String::as_str))
}

/// Applies the filter to the visible users.
pub fn filtered(store: &Store, caller: &Caller, filter: &UserFilter) -> Select<user::Entity> {
    let dialect = store.dialect();
    let mut rows = visible_to(store, caller);
    if let Some(ids) = &filter.ids {
        rows = rows.filter(dialect.id_in(column::<user::Entity>(user::Column::Id), ids));
    }
    if let Some(statuses) = &filter.statuses {
        rows = rows.filter(dialect.enum_in(column::<user::Entity>(user::Column::Status), statuses));
    }
    if let Some(refs) = &filter.ref_ids {
        let refs = refs.iter().map(String::as_str);
        rows = rows.filter(dialect.text_in(column::<user::Entity>(user::Column::RefId), refs));
    }
    if let Some(tags) = &filter.tags {
        let tagged = Query::select()
            .column(user_tag::Column::UserId)
            .from(user_tag::Entity)
            .and_where(user_tag::Column::ProjectId.eq(caller.project_id()))
            .and_where(has_tag(dialect, tags))
            .take();
        rows = rows.filter(user::Column::Id.in_subquery(tagged));
    }
    if let Some(numbers) = &filter.numbers {
        rows = rows.filter(dialect.number_in(column::<user::Entity>(user::Column::Number), numbers));
    }
    if let Some(levels) = &filter.valid_levels {
        rows = rows.filter(user::Column::Id.in_subquery(by_level::with_levels(caller.project_id(), levels)));
    }
    if let Some(levels) = &filter.verification_levels {
        rows = rows.filter(by_level::has_verification_level(dialect, caller.project_id(), levels));
    }
    for (of, range) in
        [(user::Column::CreatedAt, filter.created_at), (user::Column::UpdatedAt, filter.updated_at)]
    {
        rows = within(rows, of, range);
    }
    let hashed = [(user_lookup::Kind::Email, &filter.emails), (user_lookup::Kind::Phone, &filter.phones)];
    for (kind, hashes) in hashed {
        if let Some(hashes) = hashes {
            rows = lookup::among(rows, store, caller.project_id(), kind, hashes);
        }
    }
    rows
}

/// How a client names a user: by its `refId`, or by a text that may be its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum UserName {
    Ref(String),
    IdOrRef(Uuid, String),
}

impl From<&str> for UserName {
    fn from(name: &str) -> Self {
        // PostgreSQL rejects a text with a NUL in it, so no user has one.
        let name = if name.contains('\0') { "" } else { name };
        match Uuid::try_parse(name) {
            Ok(id) => Self::IdOrRef(id, name.to_owned()),
            Err(_) => Self::Ref(name.to_owned()),
        }
    }
}

/// Selects the user with this name.
///
/// A client may choose a `refId` that looks like an id of ours: then the user with that id takes precedence.
#[must_use]
pub fn by_name(store: &Store, caller: &Caller, name: &UserName) -> Select<user::Entity> {
    let rows = visible_to(store, caller);
    match name {
        UserName::Ref(reference) => rows.filter(user::Column::RefId.eq(reference)),
        UserName::IdOrRef(id, reference) => {
            // Two seeks, the second only if the first finds nothing. An OR is read by bitmaps and then sorted.
            let found = |condition| {
                let rows = visible_to(store, caller).select_only().column(user::Column::Id);
                Expr::SubQuery(None, Box::new(rows.filter(condition).into_query().into()))
            };
            let either = [found(user::Column::Id.eq(*id)), found(user::Column::RefId.eq(reference))];
            rows.filter(Expr::col(column::<user::Entity>(user::Column::Id)).eq(Func::coalesce(either)))
        }
    }
}

/// Selects those of `ids` that are users visible to the caller.
#[must_use]
pub fn ids_among(store: &Store, caller: &Caller, ids: &[Uuid]) -> SelectStatement {
    store.ids_among(visible_to(store, caller), user::Column::Id, ids)
}

/// Loads the users with these ids.
pub async fn by_ids(store: &Store, caller: &Caller, ids: &[Uuid]) -> Result<Vec<user::Model>> {
    store.load(caller.scope(), || visible_to(store, caller), user::Column::Id, ids).await
}

/// Loads the tags of these users, sorted.
// Follows rows that the caller already sees, so it needs no scope.
pub async fn tags_of(store: &Store, caller: &Caller, users: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    let rows = user_tag::Entity::find()
        .filter(user_tag::Column::ProjectId.eq(caller.project_id()))
        .filter(store.dialect().id_in(column::<user_tag::Entity>(user_tag::Column::UserId), users))
        .order_by_asc(user_tag::Column::Tag)
        .all(store.read())
        .await?;
    let mut tags: HashMap<Uuid, Vec<String>> = HashMap::new();
    for row in rows {
        tags.entry(row.user_id).or_default().push(row.tag);
    }
    Ok(tags)
}

/// The columns by which users can be ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserSort {
    CreatedAt,
    UpdatedAt,
    Number,
}

/// Returns the keys of the ordering, the id last.
#[must_use]
pub fn keys(sort: UserSort, direction: Direction) -> Vec<Key<user::Model>> {
    let key = Key::of::<user::Entity>;
    let by = match sort {
        UserSort::CreatedAt => {
            key(user::Column::CreatedAt, direction, CellKind::Integer, |row| Cell::Integer(row.created_at.0))
        }
        UserSort::UpdatedAt => {
            key(user::Column::UpdatedAt, direction, CellKind::Integer, |row| Cell::Integer(row.updated_at.0))
        }
        UserSort::Number => {
            key(user::Column::Number, direction, CellKind::Integer, |row| Cell::Integer(row.number))
        }
    };
    vec![by, key(user::Column::Id, direction, CellKind::Id, |row| Cell::Id(row.id))]
}

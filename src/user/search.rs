//! Search of users by one text: which users it finds.
//!
//! Names are sealed, so a search by name opens the sealed values of users and compares them: of all that the caller may
//! see, or, in a project with an index of names, of those that share a hash with the text.

use std::collections::HashSet;

use entity::{Timestamp, project_setting as table, user, user_lookup::Kind, user_name_index::State};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

use super::{
    Personal,
    filter::UserFilter,
    lookup,
    names::{
        self, Bits, Hasher,
        find::{Outcome, Wanted},
    },
    search_text::SearchText,
    store,
};
use crate::{
    Result,
    auth::{Caller, Permission},
    crypto::Vault,
    db::Store,
    project::settings,
};

/// Users that are opened with one statement.
const BATCH: u64 = 2000;
/// Users that a search returns at most.
const FOUND: usize = 1000;

/// What a search looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SearchKind {
    Id,
    Number,
    RefId,
    Email,
    Phone,
    Name,
    Birth,
}

/// What a search has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    pub ids: Vec<Uuid>,
    /// What was compared.
    pub looked: Vec<SearchKind>,
    /// What was not compared, because the caller may not read it.
    pub not_allowed: Vec<SearchKind>,
    /// What was not compared, because the project does not offer it.
    pub not_offered: Vec<SearchKind>,
    /// Whether every user was compared.
    pub is_complete: bool,
    /// Number of users whose names were opened.
    pub scanned: u64,
}

/// How names are searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameSearch {
    /// The names of this many users are opened at most.
    Scan(u64),
    /// Users are found by hashes of these lengths.
    Index(Vec<Bits>),
    /// The project has switched it off.
    Off,
}

impl NameSearch {
    /// How names of a project are searched now. While its index is built for the first time, they are opened.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn of(store: &Store, project: Uuid, most: u64) -> Result<Self> {
        Ok(match settings::of(store.read(), project).await?.name_search {
            table::NameSearch::Off => Self::Off,
            table::NameSearch::Scan => Self::Scan(most),
            table::NameSearch::Index => match names::store::of(store.read(), project).await? {
                Some(index) if index.state == State::Ready => Self::Index(vec![Bits::present(&index)]),
                Some(index) if let Some(former) = Bits::former(&index) => {
                    Self::Index(vec![Bits::present(&index), former])
                }
                Some(_) | None => Self::Scan(most),
            },
        })
    }
}

/// Finds the users that the caller may see and that pass the filter.
///
/// # Errors
///
/// When the database fails, or a row was modified.
pub async fn find(
    store: &Store,
    vault: &Vault,
    caller: &Caller,
    (filter, search): (&UserFilter, &SearchText),
    by_name: &NameSearch,
) -> Result<Found> {
    let mut found = Found { is_complete: true, ..Found::default() };
    exact(store, vault, caller, (filter, search), &mut found).await?;
    if !search.has_name() {
        return Ok(found);
    }
    let kinds = [Some(SearchKind::Name), search.birth.map(|_| SearchKind::Birth)];
    let kinds = kinds.into_iter().flatten();
    match by_name {
        _ if !caller.holds(Permission::UsersPersonal) => found.not_allowed.extend(kinds),
        NameSearch::Off => found.not_offered.extend(kinds),
        NameSearch::Scan(most) => {
            found.looked.extend(kinds);
            scan(store, vault, caller, (filter, search), *most, &mut found).await?;
        }
        NameSearch::Index(bits) => {
            found.looked.extend(kinds);
            let wanted = Wanted { words: &search.words, birth: search.birth, most: FOUND };
            let hasher = Hasher { vault, project: caller.project_id() };
            let by_hash = names::find::find(store, caller, filter, wanted, (hasher, bits)).await?;
            let Outcome { ids, opened, is_complete } = by_hash;
            let known: HashSet<Uuid> = found.ids.iter().copied().collect();
            found.ids.extend(ids.into_iter().filter(|id| !known.contains(id)));
            (found.scanned, found.is_complete) = (opened, is_complete);
        }
    }
    Ok(found)
}

/// Finds users by whole values.
async fn exact(
    store: &Store,
    vault: &Vault,
    caller: &Caller,
    (filter, search): (&UserFilter, &SearchText),
    found: &mut Found,
) -> Result<()> {
    let project = caller.project_id();
    let mut either = Condition::any();
    if let Some(id) = search.id {
        found.looked.push(SearchKind::Id);
        either = either.add(user::Column::Id.eq(id));
    }
    if let Some(number) = search.number {
        found.looked.push(SearchKind::Number);
        either = either.add(user::Column::Number.eq(number));
    }
    if let Some(ref_id) = &search.ref_id {
        found.looked.push(SearchKind::RefId);
        either = either.add(user::Column::RefId.eq(ref_id));
    }
    let rows = store::filtered(store, caller, filter);
    let mut ids = ids(store, rows.filter(either)).await?;
    // A person on the telephone is recognized by the whole value, also by callers that read it masked only.
    let may = caller.holds(Permission::UsersPersonal) || caller.holds(Permission::UsersMasked);
    let sealed =
        [(SearchKind::Email, Kind::Email, &search.email), (SearchKind::Phone, Kind::Phone, &search.phone)];
    for (kind, lookup_kind, value) in sealed {
        let Some(value) = value else { continue };
        if !may {
            found.not_allowed.push(kind);
            continue;
        }
        found.looked.push(kind);
        let hashes = [lookup::hash(vault, project, lookup_kind, value)];
        let rows = store::filtered(store, caller, filter);
        ids.extend(self::ids(store, lookup::among(rows, store, project, lookup_kind, &hashes)).await?);
    }
    found.ids = ids;
    Ok(())
}

async fn ids(store: &Store, rows: Select<user::Entity>) -> Result<Vec<Uuid>> {
    let rows = rows.select_only().column(user::Column::Id).limit(FOUND as u64);
    Ok(rows.into_tuple().all(store.read()).await?)
}

/// Opens the users' names, newest first, and adds those that match.
async fn scan(
    store: &Store,
    vault: &Vault,
    caller: &Caller,
    (filter, search): (&UserFilter, &SearchText),
    most: u64,
    found: &mut Found,
) -> Result<()> {
    let mut known: HashSet<Uuid> = found.ids.iter().copied().collect();
    let mut after: Option<(Timestamp, Uuid)> = None;
    loop {
        let batch = Ord::min(BATCH, most - found.scanned);
        let mut rows = store::filtered(store, caller, filter)
            .order_by_desc(user::Column::CreatedAt)
            .order_by_desc(user::Column::Id)
            .limit(batch);
        if let Some((at, id)) = after {
            let place = [user::Column::CreatedAt, user::Column::Id].map(|it| Expr::col((user::Entity, it)));
            let last = Expr::tuple([Expr::value(at), Expr::value(id)]);
            rows = rows.filter(Expr::tuple(place).lt(last));
        }
        let rows = rows.all(store.read()).await?;
        let is_last = (rows.len() as u64) < batch;
        found.scanned += rows.len() as u64;
        after = rows.last().map(|row| (row.created_at, row.id));
        for row in &rows {
            if search.matches(&Personal::of(vault, row).await?) && known.insert(row.id) {
                found.ids.push(row.id);
            }
        }
        if is_last {
            return Ok(());
        }
        if found.scanned >= most || found.ids.len() >= FOUND {
            found.is_complete = false;
            return Ok(());
        }
    }
}

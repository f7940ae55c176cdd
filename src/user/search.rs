//! Search of users by one text: what it may be, and which users it finds.
//!
//! Names are sealed, so a search by name opens the sealed values of users and compares them: of all that the caller may
//! see, or, in a project with an index of names, of those that share a hash with the text.

use std::collections::HashSet;

use entity::{Timestamp, project_setting as table, user, user_lookup::Kind, user_name_index::State};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select,
    prelude::Date,
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
        names, words,
    },
    store,
};
use crate::{
    Error, Result,
    auth::{Caller, Permission},
    crypto::Vault,
    db::Store,
    project::settings,
};

/// Maximum length of a search text, in characters.
const TEXT: usize = 200;
/// Users that are opened with one statement.
const BATCH: u64 = 2000;
/// Users that a search returns at most.
const FOUND: usize = 1000;
/// Minimum number of digits of a telephone number.
const PHONE: usize = 7;

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

/// A search text, taken for everything that it may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchText {
    id: Option<Uuid>,
    number: Option<i64>,
    ref_id: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    /// Words of a name, folded.
    words: Vec<String>,
    birth: Option<Date>,
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

impl SearchText {
    /// Parses a search text.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] if it is empty or too long.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > TEXT || text.contains('\0') {
            return Err(Error::argument("text", format!("write 1 to {TEXT} characters")));
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let is_phone = text.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c))
            && (text.starts_with('+') || digits >= PHONE);
        let id = Uuid::try_parse(text).ok();
        let mut search = Self {
            id,
            number: text.parse().ok().filter(|number: &i64| *number > 0),
            ref_id: Some(text.to_owned()),
            email: text.contains('@').then(|| text.to_owned()),
            phone: is_phone.then(|| text.to_owned()),
            ..Self::default()
        };
        if id.is_some() || search.email.is_some() {
            return Ok(search);
        }
        let (name, birth) = match text.rsplit_once(' ') {
            Some((name, last)) if let Ok(date) = last.parse::<Date>() => (name, Some(date)),
            _ => (text, None),
        };
        if name.chars().any(char::is_alphabetic) {
            search.words = words(name);
            search.birth = birth;
        }
        Ok(search)
    }

    /// Returns whether the text may be a name, so that names have to be opened.
    #[must_use]
    pub const fn has_name(&self) -> bool {
        !self.words.is_empty()
    }

    fn matches(&self, personal: &Personal) -> bool {
        if self.birth.is_some() && self.birth != personal.birth_date {
            return false;
        }
        let known: Vec<String> = names(personal).flat_map(words).collect();
        self.words.iter().all(|word| known.iter().any(|known| known.contains(word.as_str())))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_for_everything_that_it_may_be() {
        let parse = |text| SearchText::parse(text).unwrap();
        assert_eq!(parse("302").number, Some(302));
        assert_eq!(parse("+41 79 123 45 67").phone.as_deref(), Some("+41 79 123 45 67"));
        assert_eq!(parse("0791234567").phone.as_deref(), Some("0791234567"));
        assert_eq!(parse("a@example.org").email.as_deref(), Some("a@example.org"));
        assert!(parse("a@example.org").words.is_empty());
        let born = parse(" Doe 1990-05-17 ");
        assert_eq!((born.words, born.birth), (vec!["doe".to_owned()], Date::from_ymd_opt(1990, 5, 17)));
        assert!(SearchText::parse("  ").is_err() && SearchText::parse(&"x".repeat(201)).is_err());
    }

    #[test]
    fn names_are_compared_without_marks_and_case_by_parts_of_words() {
        let john = Personal {
            first_name: Some("John".to_owned()),
            last_name: Some("Doe-Müßig".to_owned()),
            ..Personal::default()
        };
        for text in ["doe", "DOÉ", "john doe", "doe john", "oh", "mussig", "MÜSSIG"] {
            assert!(SearchText::parse(text).unwrap().matches(&john), "{text}");
        }
        for text in ["jane", "john smith", "doejohn"] {
            assert!(!SearchText::parse(text).unwrap().matches(&john), "{text}");
        }
    }
}

//! Finds users by the hashes of their names. Users that share a hash are opened and compared, so answers are exact.

use std::collections::HashSet;

use entity::{
    user,
    user_name_token::{Column, Entity, Kind},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    prelude::Date,
    sea_query::{Condition, SelectStatement},
};
use uuid::Uuid;

use super::{Bits, Hasher, START, names, words};
use crate::{
    Result,
    auth::Caller,
    db::{Store, column::column},
    user::{
        Personal,
        filter::UserFilter,
        store::{filtered, in_scope},
    },
};

/// Users that are opened at most.
const OPENED: u64 = 5000;
/// Candidates of one statement, and of all: those that do not pass the filter are not opened.
const BATCH: u64 = 5000;
const READ: u64 = 20_000;
/// Users whose rows are read and opened at once. Of a frequent name the first of them are enough.
const AT_ONCE: usize = 1000;
/// Words that are looked up. The others are compared.
const WORDS: usize = 8;

/// What is searched for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Folded words of a name.
    pub words: &'a [String],
    pub birth: Option<Date>,
    /// Users that are returned at most.
    pub most: usize,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub ids: Vec<Uuid>,
    pub opened: u64,
    /// Whether every user that may match was compared.
    pub is_complete: bool,
}

impl Outcome {
    fn incomplete(mut self, most: usize) -> Self {
        self.is_complete = false;
        self.ids.truncate(most);
        self
    }
}

/// Hashes of a kind, of which a user has to have one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Any(Kind, Vec<i64>);

impl Wanted<'_> {
    /// Whether a user has all these words, whole or as beginnings of three letters or more.
    fn matches(&self, personal: &Personal) -> bool {
        if self.birth.is_some() && self.birth != personal.birth_date {
            return false;
        }
        let known: Vec<String> = names(personal).flat_map(words).collect();
        self.words.iter().all(|word| {
            let is_start = word.chars().nth(START - 1).is_some();
            known.iter().any(|known| known == word || is_start && known.starts_with(word.as_str()))
        })
    }

    /// What to look up, one after the other: whole words first, then beginnings.
    fn lookups(&self, hasher: Hasher<'_>, bits: &[Bits]) -> Vec<Vec<Any>> {
        let words: Vec<&String> = self.words.iter().take(WORDS).collect();
        if let Some(birth) = self.birth {
            // Any of the words may be the last of a name.
            return vec![vec![Any(
                Kind::Birth,
                words.iter().map(|word| hasher.birth(word, birth)).collect(),
            )]];
        }
        let whole =
            |word: &&String| Any(Kind::Word, bits.iter().map(|bits| hasher.word(word, *bits)).collect());
        let start = |word: &&String| {
            let hashes: Option<Vec<i64>> = bits.iter().map(|bits| hasher.start(word, *bits)).collect();
            hashes.map_or_else(|| whole(word), |hashes| Any(Kind::Start, hashes))
        };
        let passes: [Vec<Any>; 2] = [words.iter().map(whole).collect(), words.iter().map(start).collect()];
        let [first, second] = passes;
        if first == second { vec![first] } else { vec![first, second] }
    }
}

/// Finds the users that a caller may see, that pass a filter and have all the words.
///
/// # Errors
///
/// When the database fails, or a row was modified.
pub async fn find(
    store: &Store,
    caller: &Caller,
    filter: &UserFilter,
    wanted: Wanted<'_>,
    (hasher, bits): (Hasher<'_>, &[Bits]),
) -> Result<Outcome> {
    let mut outcome = Outcome { is_complete: true, ..Outcome::default() };
    let (mut seen, mut read) = (HashSet::new(), 0);
    for lookup in wanted.lookups(hasher, bits) {
        let mut before = None;
        loop {
            let rows = candidates(store, caller, &lookup, before).limit(BATCH);
            let ids: Vec<Uuid> = rows.into_tuple().all(store.read()).await?;
            let is_last = (ids.len() as u64) < BATCH;
            before = ids.last().copied();
            read += ids.len() as u64;
            let new: Vec<Uuid> = ids.into_iter().filter(|id| seen.insert(*id)).collect();
            for some in new.chunks(AT_ONCE) {
                let most = OPENED - outcome.opened;
                let rows = opened(store, caller, filter, some).limit(most + 1).all(store.read()).await?;
                let is_too_many = rows.len() as u64 > most;
                for row in rows.iter().take(usize::try_from(most).unwrap_or(usize::MAX)) {
                    outcome.opened += 1;
                    if wanted.matches(&Personal::of(hasher.vault, row).await?) {
                        outcome.ids.push(row.id);
                    }
                }
                if is_too_many || outcome.ids.len() >= wanted.most {
                    return Ok(outcome.incomplete(wanted.most));
                }
            }
            if !is_last && read >= READ {
                return Ok(outcome.incomplete(wanted.most));
            }
            if is_last {
                break;
            }
        }
    }
    Ok(outcome)
}

/// Selects the users with these hashes that a caller may see, the newest first.
#[must_use]
fn candidates(store: &Store, caller: &Caller, hashes: &[Any], before: Option<Uuid>) -> Select<Entity> {
    let mut rows = Entity::find()
        .filter(in_scope::<Entity>(store, caller, Column::ProjectId, Column::UserId))
        .select_only()
        .column(Column::UserId)
        .order_by_desc(Column::UserId);
    for (index, any) in hashes.iter().enumerate() {
        rows = if index == 0 {
            rows.filter(of_hashes(store, any))
        } else {
            rows.filter(Column::UserId.in_subquery(with(store, caller, any)))
        };
    }
    if let Some(before) = before {
        rows = rows.filter(Column::UserId.lt(before));
    }
    // Two hashes of a word may be of one user.
    if hashes.first().is_some_and(|any| any.1.len() > 1) { rows.distinct() } else { rows }
}

/// Selects the users with one of these hashes.
fn with(store: &Store, caller: &Caller, any: &Any) -> SelectStatement {
    Entity::find()
        .filter(Column::ProjectId.eq(caller.project_id()))
        .filter(of_hashes(store, any))
        .select_only()
        .column(Column::UserId)
        .into_query()
}

fn of_hashes(store: &Store, Any(kind, buckets): &Any) -> Condition {
    let rows = Condition::all().add(Column::Kind.eq(*kind));
    match buckets.as_slice() {
        // The rows of one hash are in the order of users.
        [bucket] => rows.add(Column::Bucket.eq(*bucket)),
        buckets => rows.add(store.dialect().number_in(column::<Entity>(Column::Bucket), buckets)),
    }
}

/// Selects those of the candidates that pass the filter.
fn opened(store: &Store, caller: &Caller, filter: &UserFilter, ids: &[Uuid]) -> Select<user::Entity> {
    let rows = filtered(store, caller, filter);
    store.with_ids(rows, user::Column::Id, ids).order_by_desc(user::Column::Id)
}

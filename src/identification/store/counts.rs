//! Counts of identifications by day, process, status and reason, from the stored totals.

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    identification::{self, Process, Reason, Status},
    identification_total::{Column, Entity},
};
use sea_orm::{
    ActiveEnum, ConnectionTrait, IdenStatic, Iterable, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, UnionType},
};

use super::totals::{Sources, of_identification, sources};
use crate::{
    Result,
    auth::Caller,
    db::{Store, column::TOTAL},
    identification::filter::IdentificationFilter,
};

/// Maximum number of groups.
pub const MOST: usize = 1000;
/// Maximum number of totals that are split by reason.
const MOST_TOTALS: usize = 50_000;

/// A value by which identifications are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountBy {
    Day,
    Process,
    Status,
    Reason,
}

impl CountBy {
    const fn column(self) -> Column {
        match self {
            Self::Day => Column::Day,
            Self::Process => Column::Process,
            Self::Status => Column::Status,
            Self::Reason => Column::Reasons,
        }
    }
}

/// The values that the identifications of a group have in common. A value by which they are not grouped is
/// `None`, as is the reason of those without one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// The UTC day of the start, in days since 1970-01-01.
    pub day: Option<i64>,
    pub process: Option<Process>,
    pub status: Option<Status>,
    pub reason: Option<Reason>,
}

/// A group with the bits of its reasons, from a row of the sums.
fn read(row: &QueryResult, by: &BTreeSet<CountBy>) -> Result<(Group, i64, i64)> {
    let number = |column: CountBy| -> Result<Option<i64>> {
        let number = by.contains(&column).then(|| row.try_get("", column.column().as_str()));
        Ok(number.transpose()?)
    };
    let text = |column: CountBy| -> Result<Option<String>> {
        let text = by.contains(&column).then(|| row.try_get("", column.column().as_str()));
        Ok(text.transpose()?)
    };
    let group = Group {
        day: number(CountBy::Day)?,
        process: text(CountBy::Process)?.map(|text| Process::try_from_value(&text)).transpose()?,
        status: text(CountBy::Status)?.map(|text| Status::try_from_value(&text)).transpose()?,
        reason: None,
    };
    Ok((group, number(CountBy::Reason)?.unwrap_or_default(), row.try_get("", TOTAL)?))
}

/// Counts a caller's identifications that match a filter, in groups, in the order of their values. By reason, an
/// identification is counted once for each of its reasons. Groups without identifications are omitted. Returns `None`
/// if there are more than [`MOST`]. All of it is one statement, so it is consistent.
pub async fn counts(
    store: &Store,
    caller: &Caller,
    filters: &IdentificationFilter,
    by: &BTreeSet<CountBy>,
) -> Result<Option<BTreeMap<Group, i64>>> {
    let Sources { kept, single } = sources(store, caller, filters, by.contains(&CountBy::Day));
    let parts = kept.map(|rows| of_totals(rows, by));
    let mut parts = parts.into_iter().chain(single.into_iter().map(|rows| of_rows(rows, by)));
    let Some(mut all) = parts.next() else { return Ok(Some(BTreeMap::new())) };
    all.unions(parts.map(|part| (UnionType::All, part)));
    // PostgreSQL's sum of 64-bit integers has a wider type.
    let sum = || Expr::from(Func::sum(Expr::col(("parts", TOTAL)))).cast_as("bigint");
    let mut sums = Query::select();
    for column in by.iter().map(|by| ("parts", by.column().as_str())) {
        sums.column(column).group_by_col(column);
    }
    // Identifications were moved out of a group whose sum is zero.
    sums.expr_as(sum(), TOTAL).from_subquery(all, "parts").and_having(sum().ne(0));
    let most = if by.contains(&CountBy::Reason) { MOST_TOTALS } else { MOST };
    sums.limit(u64::try_from(most + 1).unwrap_or(u64::MAX));
    let rows = store.read().query_all(&sums).await?;
    if rows.len() > most {
        return Ok(None);
    }
    let mut groups: BTreeMap<Group, i64> = BTreeMap::new();
    for row in &rows {
        let (group, bits, count) = read(row, by)?;
        if bits == 0 {
            *groups.entry(group).or_default() += count;
            continue;
        }
        for reason in Reason::iter().filter(|reason| bits & reason.bit() != 0) {
            *groups.entry(Group { reason: Some(reason), ..group.clone() }).or_default() += count;
        }
    }
    Ok((groups.len() <= MOST).then_some(groups))
}

fn of_totals(rows: Select<Entity>, by: &BTreeSet<CountBy>) -> SelectStatement {
    let mut select = rows.select_only().into_query();
    for column in by.iter().map(|by| by.column()) {
        select.expr_as(Expr::col((Entity, column)), column.as_str());
    }
    select.expr_as(Expr::col((Entity, Column::Count)), TOTAL).take()
}

fn of_rows(rows: Select<identification::Entity>, by: &BTreeSet<CountBy>) -> SelectStatement {
    let mut select = rows.select_only().into_query();
    for column in by.iter().map(|by| by.column()) {
        select.expr_as(of_identification(column), column.as_str());
    }
    select.expr_as(Expr::cust("1"), TOTAL).take()
}

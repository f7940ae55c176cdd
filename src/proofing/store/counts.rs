//! Counts of proofing requests by day and result, from the stored totals.

use std::collections::BTreeSet;

use entity::{
    proofing_request::{self, DeviceCheck, DocumentAuthentication, State},
    proofing_total::{Column, Entity, NOTHING},
};
use sea_orm::{
    ActiveEnum, ConnectionTrait, IdenStatic, QueryResult, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement, UnionType},
};

use super::totals::{Sources, of_request, sources};
use crate::{
    Result,
    auth::Caller,
    db::{Store, column::TOTAL},
    proofing::filter::ProofingFilter,
};

/// Maximum number of groups.
pub const MOST: usize = 1000;

/// A value by which proofing requests are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountBy {
    Day,
    Device,
    State,
    Document,
    Face,
}

impl CountBy {
    const fn column(self) -> Column {
        match self {
            Self::Day => Column::Day,
            Self::Device => Column::DeviceCheckResult,
            Self::State => Column::State,
            Self::Document => Column::DocumentAuthenticationResult,
            Self::Face => Column::FaceMatch,
        }
    }
}

/// A group of proofing requests. A value by which they are not grouped is `None`, as is a result that they
/// do not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedGroup {
    /// The UTC day, in days since 1970-01-01.
    pub day: Option<i64>,
    pub device: Option<DeviceCheck>,
    pub state: Option<State>,
    pub document: Option<DocumentAuthentication>,
    pub face_match: Option<bool>,
    pub count: i64,
}

impl CountedGroup {
    fn read(row: &QueryResult, by: &BTreeSet<CountBy>) -> Result<Self> {
        let text = |column: CountBy| -> Result<Option<String>> {
            let text = by.contains(&column).then(|| row.try_get::<String>("", column.column().as_str()));
            Ok(text.transpose()?.filter(|text| text != NOTHING))
        };
        let day = by.contains(&CountBy::Day).then(|| row.try_get("", CountBy::Day.column().as_str()));
        Ok(Self {
            day: day.transpose()?,
            device: text(CountBy::Device)?.map(|text| DeviceCheck::try_from_value(&text)).transpose()?,
            state: text(CountBy::State)?.map(|text| State::try_from_value(&text)).transpose()?,
            document: text(CountBy::Document)?
                .map(|text| DocumentAuthentication::try_from_value(&text))
                .transpose()?,
            face_match: text(CountBy::Face)?.map(|text| text == "true"),
            count: row.try_get("", TOTAL)?,
        })
    }
}

/// Counts a caller's proofing requests that match a filter, in groups, in the order of the values. Groups without
/// requests are omitted. Returns `None` if there are more than [`MOST`]. All of it is one statement, so it is
/// consistent.
pub async fn counts(
    store: &Store,
    caller: &Caller,
    filters: &ProofingFilter,
    by: &BTreeSet<CountBy>,
) -> Result<Option<Vec<CountedGroup>>> {
    let Sources { kept, single } = sources(store, caller, filters, by.contains(&CountBy::Day));
    let parts = kept.map(|rows| of_totals(rows, by));
    let mut parts = parts.into_iter().chain(single.into_iter().map(|rows| of_requests(rows, by)));
    let Some(mut all) = parts.next() else { return Ok(Some(Vec::new())) };
    all.unions(parts.map(|part| (UnionType::All, part)));
    // PostgreSQL's sum of 64-bit integers has a wider type.
    let sum = || Expr::from(Func::sum(Expr::col(("parts", TOTAL)))).cast_as("bigint");
    let mut groups = Query::select();
    for column in by.iter().map(|by| ("parts", by.column().as_str())) {
        groups.column(column).group_by_col(column).order_by(column, Order::Asc);
    }
    // Requests were moved out of a group whose sum is zero.
    groups.expr_as(sum(), TOTAL).from_subquery(all, "parts").and_having(sum().ne(0));
    groups.limit(u64::try_from(MOST + 1).unwrap_or(u64::MAX));
    let rows = store.read().query_all(&groups).await?;
    if rows.len() > MOST {
        return Ok(None);
    }
    rows.iter().map(|row| CountedGroup::read(row, by)).collect::<Result<_>>().map(Some)
}

fn of_totals(rows: Select<Entity>, by: &BTreeSet<CountBy>) -> SelectStatement {
    let mut select = rows.select_only().into_query();
    for column in by.iter().map(|by| by.column()) {
        select.expr_as(Expr::col((Entity, column)), column.as_str());
    }
    select.expr_as(Expr::col((Entity, Column::Count)), TOTAL).take()
}

fn of_requests(rows: Select<proofing_request::Entity>, by: &BTreeSet<CountBy>) -> SelectStatement {
    let mut select = rows.select_only().into_query();
    for column in by.iter().map(|by| by.column()) {
        select.expr_as(of_request(column), column.as_str());
    }
    select.expr_as(Expr::cust("1"), TOTAL).take()
}

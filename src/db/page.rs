//! The one way to read a page of a list.

use entity::{ColumnMask, FromRowByIndex};
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryResult, QueryTrait, Select,
    sea_query::{
        Asterisk, Expr, ExprTrait, Func, Order, OrderedStatement, Query, SelectStatement, UnionType,
    },
};
use uuid::Uuid;

use super::{
    Store,
    keyset::{Ordering, Position},
};
use crate::{Error, Result, db::column::TOTAL};

const STRETCH: &str = "stretch";

/// The end of a list from which rows are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    Front,
    Back,
}

/// A window of a list: at most `size` rows, from one end of the range between two positions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageWindow {
    pub size: u32,
    pub end: End,
    pub after: Option<Position>,
    pub before: Option<Position>,
    /// The columns that the caller does not need.
    pub skipped: ColumnMask,
    /// Whether an empty window is read nevertheless, to learn whether the list has rows beyond it.
    pub reads_beyond: bool,
}

/// The rows of a window, in the list's order from whichever end they were taken.
#[derive(Clone, Debug)]
pub struct Page<M> {
    pub rows: Vec<M>,
    pub has_previous: bool,
    pub has_next: bool,
    /// The length of the whole list, if reading the page returned it.
    pub total: Option<u64>,
}

impl<M> Page<M> {
    /// An empty page of a list that was not read.
    #[must_use]
    pub const fn unread() -> Self {
        Self { rows: Vec::new(), has_previous: false, has_next: false, total: None }
    }
}

impl PageWindow {
    /// Returns whether the window is bounded by a position, rather than at an end of the whole list.
    #[must_use]
    pub const fn is_inside(&self) -> bool {
        self.after.is_some() || self.before.is_some()
    }

    /// Returns whether the window is empty and its list is not asked about, so that no statement is needed.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        self.size == 0 && !self.reads_beyond
    }

    /// The page of a window that was not read: empty, with the properties that follow from the window alone.
    #[must_use]
    pub const fn unread<M>(&self) -> Page<M> {
        let (has_previous, has_next) = match self.end {
            End::Front => (self.after.is_some(), false),
            End::Back => (false, self.before.is_some()),
        };
        Page { rows: Vec::new(), has_previous, has_next, total: None }
    }

    /// One row more than the page, to learn whether the list continues.
    pub(super) const fn limit(&self) -> u32 {
        self.size.saturating_add(1)
    }

    pub(super) fn narrow<M>(&self, rows: &mut SelectStatement, order: &Ordering<M>) {
        for (position, reversed) in [(&self.after, false), (&self.before, true)] {
            if let Some(position) = position {
                rows.cond_where(order.beyond(position, reversed));
            }
        }
    }

    pub(super) fn sort<M>(&self, rows: &mut impl OrderedStatement, order: &Ordering<M>) {
        order.sort(rows, self.end == End::Back);
    }

    pub(super) fn cut<M>(&self, rows: &mut SelectStatement, order: &Ordering<M>) {
        self.sort(rows, order);
        rows.limit(self.limit().into());
    }

    /// Selects the rows of the window and one more; `None` if the window cannot have rows.
    fn select<E: EntityTrait<Model: FromRowByIndex>>(
        &self,
        rows: &Select<E>,
        order: &Ordering<E::Model>,
    ) -> Option<SelectStatement> {
        let reversed = self.end == End::Back;
        let stretches = order.stretches(self.after.as_ref(), self.before.as_ref(), reversed);
        let keys = stretches.first()?.keys;
        let mut selects = stretches.into_iter().map(|stretch| {
            let mut select = rows.clone().into_query();
            let columns = self.skipped.columns::<E::Model>();
            let columns = columns.map(|column| (E::default().table_name(), column));
            select.clear_selects().columns(columns);
            stretch.sort(&mut select, reversed);
            select.cond_where(stretch.rows);
            select.limit(self.limit().into()).take()
        });
        let first = selects.next()?;
        if selects.len() == 0 {
            return Some(first);
        }
        // Each segment is read up to the size of the page; the excess is cut off here.
        let part = |index: usize, select| {
            let index = Expr::cust(index.to_string());
            Query::select().column(Asterisk).expr_as(index, STRETCH).from_subquery(select, "rows").take()
        };
        let mut all = part(0, first);
        all.unions((1..).zip(selects).map(|(index, select)| (UnionType::All, part(index, select))));
        all.order_by(STRETCH, Order::Asc);
        for key in keys {
            key.sort(&mut all, key.column.1, reversed);
        }
        Some(all.limit(self.limit().into()).take())
    }

    pub(super) fn page<M>(&self, mut rows: Vec<M>, counted: Option<u64>) -> Page<M> {
        let more = rows.len() > self.size as usize;
        rows.truncate(self.size as usize);
        let whole = (!more && !self.is_inside()).then_some(rows.len() as u64);
        if self.end == End::Back {
            rows.reverse();
        }
        // No query checks for rows on the far side of a cursor: the row that the cursor was made from is one.
        let (has_previous, has_next) = match self.end {
            End::Front => (self.after.is_some(), more),
            End::Back => (more, self.before.is_some()),
        };
        Page { rows, has_previous, has_next, total: whole.or(counted) }
    }
}

impl Store {
    /// Reads the rows of a window of a list.
    pub async fn page<E: EntityTrait<Model: FromRowByIndex>>(
        &self,
        rows: &Select<E>,
        order: &Ordering<E::Model>,
        window: &PageWindow,
    ) -> Result<Page<E::Model>> {
        if window.is_unread() {
            return Ok(window.unread());
        }
        let Some(select) = window.select(rows, order) else { return Ok(window.page(Vec::new(), None)) };
        let rows = self.read().query_all(&select).await?;
        let rows = rows.iter().map(|row| E::Model::read(row, 0, window.skipped)).collect::<Result<_, _>>()?;
        Ok(window.page(rows, None))
    }

    /// Counts the rows of a list.
    pub async fn count<E: EntityTrait>(&self, rows: &Select<E>) -> Result<u64> {
        self.number(&counting(rows)).await
    }

    /// Sums the results of several selects of one number each, in one statement.
    pub async fn sum(&self, parts: Vec<SelectStatement>) -> Result<u64> {
        let mut parts = parts.into_iter();
        let Some(mut all) = parts.next() else { return Ok(0) };
        all.unions(parts.map(|part| (UnionType::All, part)));
        // PostgreSQL's sum of 64-bit integers has a wider type.
        let sum = Expr::from(Func::sum(Expr::col(("parts", TOTAL)))).cast_as("bigint");
        self.number(Query::select().expr_as(sum, TOTAL).from_subquery(all, "parts")).await
    }

    async fn number(&self, select: &SelectStatement) -> Result<u64> {
        let row = self.read().query_one(select).await?;
        Ok(row.map(|row| total(&row)).transpose()?.flatten().unwrap_or_default())
    }
}

impl Store {
    /// Returns which of these selects of ids contains each id, in one statement over all of them.
    pub async fn which<T: Copy>(&self, selects: Vec<(T, SelectStatement)>) -> Result<Vec<(Uuid, T)>> {
        let mut selects = selects.into_iter().enumerate().map(|(index, (kind, mut select))| {
            select.expr_as(Expr::cust(index.to_string()), "place");
            (kind, select)
        });
        let Some((first, mut all)) = selects.next() else { return Ok(Vec::new()) };
        let mut kinds = vec![first];
        for (kind, select) in selects {
            kinds.push(kind);
            all.union(UnionType::All, select);
        }
        let rows = self.read().query_all(&all).await?;
        let kind = |row: &QueryResult| -> Result<_> {
            let index: i32 = row.try_get("", "place")?;
            let index = usize::try_from(index).unwrap_or_default();
            Ok((
                row.try_get("", "id")?,
                *kinds.get(index).ok_or(Error::Fault("an unknown index in a union"))?,
            ))
        };
        rows.iter().map(kind).collect()
    }
}

/// Builds the select that counts the rows of a list.
#[must_use]
pub fn counting<E: EntityTrait>(rows: &Select<E>) -> SelectStatement {
    let mut select = rows.clone().into_query();
    select.clear_selects().expr_as(Func::cust("count").arg(Expr::cust("*")), TOTAL).take()
}

pub(super) fn total(row: &QueryResult) -> Result<Option<u64>> {
    let total: Option<i64> = row.try_get("", TOTAL)?;
    Ok(total.map(i64::unsigned_abs))
}

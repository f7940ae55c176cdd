//! The one way to read a page of a list.

use entity::{ColumnMask, FromRowByIndex};
use sea_orm::{
    ConnectionTrait, EntityTrait, IdenStatic, QueryResult, QueryTrait, Select,
    sea_query::{
        Asterisk, Expr, ExprTrait, Func, Order, OrderedStatement, Query, SelectStatement, UnionType,
    },
};
use uuid::Uuid;

use super::{
    Store,
    keyset::{Ordering, Position},
};
use crate::{Error, Result};

/// How selects name a number of rows.
pub const TOTAL: &str = "total";
const STRETCH: &str = "stretch";

/// Which end of a list the rows are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    Front,
    Back,
}

/// A stretch of a list: at most `size` rows, from one end of what lies between two places.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageWindow {
    pub size: u32,
    pub end: End,
    pub after: Option<Position>,
    pub before: Option<Position>,
    /// The columns of its rows that nobody asks for.
    pub skipped: ColumnMask,
    /// Whether a window of no rows is read all the same, to learn whether the list has rows beyond it.
    pub reads_beyond: bool,
}

/// The rows of a window, in the list's order whichever end they were taken from.
#[derive(Clone, Debug)]
pub struct Page<M> {
    pub rows: Vec<M>,
    pub has_previous: bool,
    pub has_next: bool,
    /// The length of the whole list, where reading the page told it.
    pub total: Option<u64>,
}

impl<M> Page<M> {
    /// A page without rows of a list of which nothing is known.
    #[must_use]
    pub const fn unread() -> Self {
        Self { rows: Vec::new(), has_previous: false, has_next: false, total: None }
    }
}

impl PageWindow {
    /// Whether the window lies between places, rather than at an end of the whole list.
    #[must_use]
    pub const fn is_inside(&self) -> bool {
        self.after.is_some() || self.before.is_some()
    }

    /// Whether the window has no rows and nothing is asked about its list, so that no statement is needed.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        self.size == 0 && !self.reads_beyond
    }

    /// The page of a window that was not read: empty, with what the window alone tells.
    #[must_use]
    pub const fn unread<M>(&self) -> Page<M> {
        let (has_previous, has_next) = match self.end {
            End::Front => (self.after.is_some(), false),
            End::Back => (false, self.before.is_some()),
        };
        Page { rows: Vec::new(), has_previous, has_next, total: None }
    }

    /// One row more than the page, to learn whether the list goes on.
    pub(super) const fn limit(&self) -> u32 {
        self.size.saturating_add(1)
    }

    pub(super) fn narrow<M>(&self, rows: &mut SelectStatement, order: &Ordering<M>) {
        for (place, reversed) in [(&self.after, false), (&self.before, true)] {
            if let Some(place) = place {
                rows.cond_where(order.beyond(place, reversed));
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

    /// The rows of the window and one more; `None` if there can be none.
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
        // As many rows as the page has are read of each stretch, and what is too much is cut off here.
        let part = |place: usize, select| {
            let place = Expr::cust(place.to_string());
            Query::select().column(Asterisk).expr_as(place, STRETCH).from_subquery(select, "rows").take()
        };
        let mut all = part(0, first);
        all.unions((1..).zip(selects).map(|(place, select)| (UnionType::All, part(place, select))));
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
        // Whether rows lie on the far side of a cursor is not looked up: the one it was made from did.
        let (has_previous, has_next) = match self.end {
            End::Front => (self.after.is_some(), more),
            End::Back => (more, self.before.is_some()),
        };
        Page { rows, has_previous, has_next, total: whole.or(counted) }
    }
}

impl Store {
    /// The rows of a window of a list.
    ///
    /// # Errors
    ///
    /// When the database fails.
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

    /// How many rows a list has.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn count<E: EntityTrait>(&self, rows: &Select<E>) -> Result<u64> {
        self.number(&counting(rows)).await
    }

    /// The sum of what these selects find, each of which finds one number: one statement for all.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn sum(&self, parts: Vec<SelectStatement>) -> Result<u64> {
        let mut parts = parts.into_iter();
        let Some(mut all) = parts.next() else { return Ok(0) };
        all.unions(parts.map(|part| (UnionType::All, part)));
        // PostgreSQL's sum of 64-bit integers has more digits than those.
        let sum = Expr::from(Func::sum(Expr::col(("parts", TOTAL)))).cast_as("bigint");
        self.number(Query::select().expr_as(sum, TOTAL).from_subquery(all, "parts")).await
    }

    async fn number(&self, select: &SelectStatement) -> Result<u64> {
        let row = self.read().query_one(select).await?;
        Ok(row.map(|row| total(&row)).transpose()?.flatten().unwrap_or_default())
    }
}

impl Store {
    /// To which of these selects of ids each id belongs: one statement over all of them.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn which<T: Copy>(&self, selects: Vec<(T, SelectStatement)>) -> Result<Vec<(Uuid, T)>> {
        let mut selects = selects.into_iter().enumerate().map(|(place, (kind, mut select))| {
            select.expr_as(Expr::cust(place.to_string()), "place");
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
            let place: i32 = row.try_get("", "place")?;
            let place = usize::try_from(place).unwrap_or_default();
            Ok((
                row.try_get("", "id")?,
                *kinds.get(place).ok_or(Error::Fault("an unknown place in a union"))?,
            ))
        };
        rows.iter().map(kind).collect()
    }
}

/// The select of how many rows a list has.
#[must_use]
pub fn counting<E: EntityTrait>(rows: &Select<E>) -> SelectStatement {
    let mut select = rows.clone().into_query();
    select.clear_selects().expr_as(Func::cust("count").arg(Expr::cust("*")), TOTAL).take()
}

pub(super) fn total(row: &QueryResult) -> Result<Option<u64>> {
    let total: Option<i64> = row.try_get("", TOTAL)?;
    Ok(total.map(i64::unsigned_abs))
}

/// A column as statements name it.
pub fn column<E: EntityTrait>(column: E::Column) -> (&'static str, &'static str) {
    (E::default().table_name(), column.as_str())
}

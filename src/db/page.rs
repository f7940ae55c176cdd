//! The one way to read a page of a list, and the pages of many parents in one statement.

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, EntityTrait, FromQueryResult, IdenStatic, Iterable, QueryResult, QueryTrait, Select,
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

/// How the columns of a child are named in a statement that returns parents and children.
pub(super) const CHILD: &str = "c_";
pub(super) const PARENT: &str = "parent";
pub(super) const RANK: &str = "rank";
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
pub struct Window {
    pub size: u32,
    pub end: End,
    pub after: Option<Position>,
    pub before: Option<Position>,
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

/// The windows of a list that every parent has.
pub struct Children<'a, M> {
    /// The children of all parents that the caller may see and the filter lets through.
    pub rows: SelectStatement,
    pub columns: Vec<&'static str>,
    pub order: &'a Ordering<M>,
    pub window: &'a Window,
    /// The child's column that holds the parent's id.
    pub parent: (&'static str, &'static str),
    /// Whether to count each parent's list in the same statement. Only a window without places can.
    pub total: bool,
}

/// Whose children.
pub enum Parents {
    Ids(Vec<Uuid>),
    /// A select that has a column `id`.
    Rows(SelectStatement),
}

impl Window {
    /// Whether the window lies between places, rather than at an end of the whole list.
    #[must_use]
    pub const fn is_inside(&self) -> bool {
        self.after.is_some() || self.before.is_some()
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
    fn select<E: EntityTrait>(
        &self,
        rows: &Select<E>,
        order: &Ordering<E::Model>,
    ) -> Option<SelectStatement> {
        let reversed = self.end == End::Back;
        let stretches = order.stretches(self.after.as_ref(), self.before.as_ref(), reversed);
        let keys = stretches.first()?.keys;
        let mut selects = stretches.into_iter().map(|stretch| {
            let mut select = rows.clone().into_query();
            select.cond_where(stretch.rows);
            for key in stretch.keys {
                key.sort(&mut select, key.column, reversed);
            }
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

    fn page<M>(&self, mut rows: Vec<M>, counted: Option<u64>) -> Page<M> {
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
    pub async fn page<E: EntityTrait>(
        &self,
        rows: &Select<E>,
        order: &Ordering<E::Model>,
        window: &Window,
    ) -> Result<Page<E::Model>> {
        if window.size == 0 {
            return Ok(Page::unread());
        }
        let Some(select) = window.select(rows, order) else { return Ok(window.page(Vec::new(), None)) };
        let rows = self.read().query_all(&select).await?;
        let rows = rows.iter().map(|row| E::Model::from_query_result(row, "")).collect::<Result<_, _>>()?;
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

    /// How many rows the list of each of these parents has; parents without rows are left out.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn counts_of<E: EntityTrait>(
        &self,
        rows: &Select<E>,
        parent: E::Column,
        ids: &[Uuid],
    ) -> Result<HashMap<Uuid, u64>> {
        let select = self.dialect().counts(rows.clone().into_query(), column::<E>(parent), ids);
        let rows = self.read().query_all(&select).await?;
        rows.iter().map(|row| Ok((row.try_get("", "id")?, total(row)?.unwrap_or_default()))).collect()
    }

    /// The window of the list of each of these parents, in one statement.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn pages_of<E: EntityTrait>(
        &self,
        children: Children<'_, E::Model>,
        parents: Parents,
    ) -> Result<HashMap<Uuid, Page<E::Model>>> {
        let select = self.dialect().children(&parents, &children);
        let rows = self.read().query_all(&select).await?;
        gather(&rows, &children)
    }

    /// One row of `P`, if there is one, with the window of its list: one statement for both.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn one_with_page<P: EntityTrait, E: EntityTrait>(
        &self,
        parent: Select<P>,
        children: Children<'_, E::Model>,
    ) -> Result<Option<(P::Model, Page<E::Model>)>> {
        let parent = parent.into_query();
        let ids = parent.clone();
        let mut select = self.dialect().children(&Parents::Rows(ids), &children);
        for column in P::Column::iter() {
            select.expr_as(Expr::col(("p", column.as_str())), column.as_str());
        }
        let rows = self.read().query_all(&select).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let parent = P::Model::from_query_result(first, "")?;
        let page = gather(&rows, &children)?.into_values().next();
        Ok(page.map(|page| (parent, page)))
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

fn gather<M: FromQueryResult>(
    rows: &[QueryResult],
    children: &Children<'_, M>,
) -> Result<HashMap<Uuid, Page<M>>> {
    let mut lists: HashMap<Uuid, (Vec<M>, Option<u64>)> = HashMap::new();
    for row in rows {
        let (list, counted) = lists.entry(row.try_get("", "id")?).or_default();
        // Without a child there is nothing to count: the join gave one row for the parent alone.
        if row.try_get::<Option<Uuid>>(CHILD, "id")?.is_some() {
            list.push(M::from_query_result(row, CHILD)?);
            if children.total {
                *counted = total(row)?;
            }
        } else if children.total {
            *counted = Some(0);
        }
    }
    Ok(lists.into_iter().map(|(id, (list, counted))| (id, children.window.page(list, counted))).collect())
}

/// The select of how many rows a list has.
pub fn counting<E: EntityTrait>(rows: &Select<E>) -> SelectStatement {
    let mut select = rows.clone().into_query();
    select.clear_selects().expr_as(Func::cust("count").arg(Expr::cust("*")), TOTAL).take()
}

fn total(row: &QueryResult) -> Result<Option<u64>> {
    let total: Option<i64> = row.try_get("", TOTAL)?;
    Ok(total.map(i64::unsigned_abs))
}

/// A column as statements name it.
pub fn column<E: EntityTrait>(column: E::Column) -> (&'static str, &'static str) {
    (E::default().table_name(), column.as_str())
}

impl<'a, M> Children<'a, M> {
    /// The windows of a list of `E`, the parent's id in that column.
    pub fn new<E: EntityTrait<Model = M>>(
        rows: Select<E>,
        parent: E::Column,
        order: &'a Ordering<M>,
        window: &'a Window,
        total: bool,
    ) -> Self {
        let columns = E::Column::iter().map(|column| column.as_str()).collect();
        let total = total && !window.is_inside();
        Self { rows: rows.into_query(), columns, order, window, parent: column::<E>(parent), total }
    }
}

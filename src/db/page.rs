//! Pages and lengths of lists, read on the store's own connections.

use keyset::{FromRowByIndex, Ordering, Page, PageWindow};
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryResult, QueryTrait, Select, Statement,
    sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{Store, column::TOTAL};
use crate::{Error, Result};

impl Store {
    /// Reads the rows of a window of a list.
    pub async fn page<E: EntityTrait<Model: FromRowByIndex>>(
        &self,
        rows: &Select<E>,
        order: &Ordering<E::Model>,
        window: &PageWindow,
    ) -> Result<Page<E::Model>> {
        Ok(window.read(self.read(), rows, order).await?)
    }

    /// Reads the rows of a window of a list by its statement, which may return the length of the list too. `None` is the
    /// statement of a window that cannot have rows.
    pub async fn page_by<M: FromRowByIndex>(
        &self,
        statement: Option<Statement>,
        window: &PageWindow,
        has_total: bool,
    ) -> Result<Page<M>> {
        let Some(statement) = statement else { return Ok(window.page(Vec::new(), None)) };
        let rows = self.read().query_all_raw(statement).await?;
        Ok(if has_total { window.page_with_total(&rows) } else { window.page_of(&rows) }?)
    }

    /// Counts the rows of a list.
    pub async fn count<E: EntityTrait>(&self, rows: &Select<E>) -> Result<u64> {
        self.number(&counting(rows)).await
    }

    /// Counts the rows of a list by its statement: one of [`counting`].
    pub async fn count_by(&self, statement: Statement) -> Result<u64> {
        let row = self.read().query_one_raw(statement).await?;
        Ok(row.map(|row| total(&row)).transpose()?.flatten().unwrap_or_default())
    }

    /// Reads the number that a select returns, such as one of [`counting`] or [`sum`].
    pub async fn number(&self, select: &SelectStatement) -> Result<u64> {
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

/// Builds the select that sums the results of several selects of one number each.
#[must_use]
pub fn sum(parts: impl IntoIterator<Item = SelectStatement>) -> SelectStatement {
    let mut parts = parts.into_iter();
    let Some(mut all) = parts.next() else {
        return Query::select().expr_as(Expr::val(0).cast_as("bigint"), TOTAL).take();
    };
    all.unions(parts.map(|part| (UnionType::All, part)));
    // PostgreSQL's sum of 64-bit integers has a wider type.
    let sum = Expr::from(Func::sum(Expr::col(("parts", TOTAL)))).cast_as("bigint");
    Query::select().expr_as(sum, TOTAL).from_subquery(all, "parts").take()
}

pub(super) fn total(row: &QueryResult) -> Result<Option<u64>> {
    let total: Option<i64> = row.try_get("", TOTAL)?;
    Ok(total.map(i64::unsigned_abs))
}

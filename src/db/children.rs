//! Reads the pages of many parents in one statement.

use std::collections::HashMap;

use keyset::{ColumnMask, FromRowByIndex, Ordering, Page, PageWindow, SortOrder};
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryResult, QueryTrait, Select, Statement, sea_query::SelectStatement,
};
use uuid::Uuid;

use super::{Store, column::column, dialect::Dialect, page::total, parents::Parents};
use crate::Result;

/// Index of the child's first column in a statement that returns parents and children.
const CHILD: usize = 1;

/// The windows of a list that every parent has.
pub struct ChildPages<'a> {
    pub columns: Vec<&'static str>,
    pub order: &'a SortOrder,
    pub window: &'a PageWindow,
    /// The child's column that holds the parent's id.
    pub parent: (&'static str, &'static str),
    /// Whether to count each parent's list in the same statement. Only possible for a window without
    /// positions.
    pub total: bool,
}

impl<'a> ChildPages<'a> {
    /// Creates the windows of a list of `E`, with `parent` as the column of the parent's id.
    pub fn new<E: EntityTrait<Model: FromRowByIndex>>(
        parent: E::Column,
        order: &'a Ordering<E::Model>,
        window: &'a PageWindow,
        total: bool,
    ) -> Self {
        let total = total && !window.is_inside();
        let columns = window.skipped.columns::<E::Model>().collect();
        Self { columns, order: order.sort_order(), window, parent: column::<E>(parent), total }
    }

    /// Builds the select of the children of these parents. `rows` are all parents' children that the caller may see
    /// and that match the filter.
    #[must_use]
    pub fn select<E: EntityTrait>(
        &self,
        dialect: Dialect,
        rows: Select<E>,
        parents: &Parents,
    ) -> SelectStatement {
        dialect.children(parents, rows.into_query(), self)
    }

    /// Builds the select of one parent, without the columns `skipped`, and its children.
    #[must_use]
    pub fn select_with<P: EntityTrait<Model: FromRowByIndex>, E: EntityTrait>(
        &self,
        dialect: Dialect,
        rows: Select<E>,
        parent: Select<P>,
        skipped: ColumnMask,
    ) -> SelectStatement {
        let mut select = self.select(dialect, rows, &Parents::Rows(parent.into_query()));
        select.columns(skipped.columns::<P::Model>().map(|column| ("p", column)));
        select
    }

    /// Returns the index of the first column after the child's.
    fn end(&self) -> usize {
        CHILD + self.columns.len() + usize::from(self.total)
    }
}

impl Store {
    /// Counts the list of each of these parents; parents without rows are omitted.
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

    /// Reads the window of the list of each of the parents of a statement: one of [`ChildPages::select`].
    pub async fn pages_by<M: FromRowByIndex>(
        &self,
        statement: Statement,
        children: &ChildPages<'_>,
    ) -> Result<HashMap<Uuid, Page<M>>> {
        gather(&self.read().query_all_raw(statement).await?, children)
    }

    /// Reads one row of `P`, if it exists, without the columns `skipped`, with the window of its list, by a statement
    /// of [`ChildPages::select_with`].
    pub async fn one_with_page<P: FromRowByIndex, M: FromRowByIndex>(
        &self,
        statement: Statement,
        skipped: ColumnMask,
        children: &ChildPages<'_>,
    ) -> Result<Option<(P, Page<M>)>> {
        let rows = self.read().query_all_raw(statement).await?;
        let Some(first) = rows.first() else { return Ok(None) };
        let parent = P::read(first, children.end(), skipped)?;
        let page = gather(&rows, children)?.into_values().next();
        Ok(page.map(|page| (parent, page)))
    }
}

/// Groups the rows of a statement over parents and children: the parent's id, the child's columns, the total
/// if requested. The rows of one parent need not be adjacent.
fn gather<M: FromRowByIndex>(
    rows: &[QueryResult],
    children: &ChildPages<'_>,
) -> Result<HashMap<Uuid, Page<M>>> {
    let mut lists: HashMap<Uuid, (Vec<M>, Option<u64>)> = HashMap::new();
    for row in rows {
        let (list, counted) = lists.entry(row.try_get_by_index(0)?).or_default();
        // The row without a child comes from the outer join: the parent has no children to count.
        if row.try_get_by_index::<Option<Uuid>>(CHILD)?.is_some() {
            list.push(M::read(row, CHILD, children.window.skipped)?);
            if children.total && counted.is_none() {
                *counted = total(row)?;
            }
        } else if children.total {
            *counted = Some(0);
        }
    }
    Ok(lists.into_iter().map(|(id, (list, counted))| (id, children.window.page(list, counted))).collect())
}

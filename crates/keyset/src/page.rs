use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, QueryResult, QueryTrait, Select,
    sea_query::{Expr, SelectStatement},
};

use crate::{FromRowByIndex, Ordering, PageWindow};

/// Name of the column with the length of a list.
pub const TOTAL: &str = "total";

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
    /// Builds the select of the rows of the window and of one more, which tells whether the list continues.
    /// `None` if the window cannot have rows.
    #[must_use]
    pub fn statement<E: EntityTrait<Model: FromRowByIndex>>(
        &self,
        rows: &Select<E>,
        order: &Ordering<E::Model>,
    ) -> Option<SelectStatement> {
        self.statement_with_total(rows, order, None)
    }

    /// Builds the same select with the length of the list in its column [`TOTAL`], as `counting` counts it, if the rows are
    /// read in one part.
    #[must_use]
    pub fn statement_with_total<E: EntityTrait<Model: FromRowByIndex>>(
        &self,
        rows: &Select<E>,
        order: &Ordering<E::Model>,
        counting: Option<SelectStatement>,
    ) -> Option<SelectStatement> {
        let table = E::default().table_name();
        let columns: Vec<_> = self.skipped.columns::<E::Model>().map(|column| (table, column)).collect();
        let total = counting.map(|select| (Expr::SubQuery(None, Box::new(select.into())), TOTAL));
        self.select(rows.as_query(), &columns, order.sort_order(), total)
    }

    /// Reads the rows of the window in one statement; in none if it cannot have rows.
    pub async fn read<E: EntityTrait<Model: FromRowByIndex>>(
        &self,
        connection: &impl ConnectionTrait,
        rows: &Select<E>,
        order: &Ordering<E::Model>,
    ) -> Result<Page<E::Model>, DbErr> {
        if self.is_unread() {
            return Ok(self.unread());
        }
        let Some(select) = self.statement(rows, order) else { return Ok(self.page(Vec::new(), None)) };
        self.page_of(&connection.query_all(&select).await?)
    }

    /// Assembles the page from the rows of the select.
    ///
    /// # Errors
    ///
    /// When a value does not have its column's type.
    pub fn page_of<M: FromRowByIndex>(&self, rows: &[QueryResult]) -> Result<Page<M>, DbErr> {
        self.page_with(rows, None)
    }

    /// Assembles the page from the rows of the select with the length of the list.
    ///
    /// # Errors
    ///
    /// When a value does not have its column's type.
    pub fn page_with_total<M: FromRowByIndex>(&self, rows: &[QueryResult]) -> Result<Page<M>, DbErr> {
        // Rows that were read in several parts have no total.
        let total: Option<i64> = rows.first().and_then(|row| row.try_get("", TOTAL).ok());
        self.page_with(rows, total.map(i64::unsigned_abs))
    }

    fn page_with<M: FromRowByIndex>(
        &self,
        rows: &[QueryResult],
        total: Option<u64>,
    ) -> Result<Page<M>, DbErr> {
        let rows = rows.iter().map(|row| M::read(row, 0, self.skipped)).collect::<Result<_, _>>()?;
        Ok(self.page(rows, total))
    }
}

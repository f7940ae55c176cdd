use sea_orm::{
    ConnectionTrait, DbErr, EntityTrait, QueryResult, QueryTrait, Select, sea_query::SelectStatement,
};

use crate::{FromRowByIndex, Ordering, PageWindow};

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
        let table = E::default().table_name();
        let columns: Vec<_> = self.skipped.columns::<E::Model>().map(|column| (table, column)).collect();
        self.select(rows.as_query(), &columns, order.sort_order())
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
        let rows = rows.iter().map(|row| M::read(row, 0, self.skipped)).collect::<Result<_, _>>()?;
        Ok(self.page(rows, None))
    }
}

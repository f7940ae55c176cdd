use sea_orm::sea_query::{Asterisk, Expr, Order, Query, SelectStatement, UnionType};

use crate::{PageWindow, SortOrder};

/// Name of the column with a segment's index, where several are read at once.
const SEGMENT: &str = "stretch";

impl PageWindow {
    /// Selects these columns of the rows of the window and of one more; `None` if the window cannot have rows. `beside` is
    /// a column with one value for the list, which is selected if the rows are read in one part.
    pub(crate) fn select(
        &self,
        rows: &SelectStatement,
        columns: &[(&'static str, &'static str)],
        order: &SortOrder,
        beside: Option<(Expr, &'static str)>,
    ) -> Option<SelectStatement> {
        let reversed = self.is_reversed();
        let segments = order.segments(self.after.as_ref(), self.before.as_ref(), reversed);
        let sort_columns = segments.first()?.columns;
        let mut selects = segments.into_iter().map(|segment| {
            let mut select = rows.clone();
            select.clear_selects().columns(columns.iter().copied());
            segment.sort(&mut select, reversed);
            select.cond_where(segment.rows);
            select.limit(self.limit().into()).take()
        });
        let mut first = selects.next()?;
        if selects.len() == 0 {
            if let Some((value, name)) = beside {
                first.expr_as(value, name);
            }
            return Some(first);
        }
        // Each segment is read up to the size of the page; the excess is cut off here.
        let part = |index: usize, select| {
            let index = Expr::cust(index.to_string());
            Query::select().column(Asterisk).expr_as(index, SEGMENT).from_subquery(select, "rows").take()
        };
        let mut all = part(0, first);
        all.unions((1..).zip(selects).map(|(index, select)| (UnionType::All, part(index, select))));
        all.order_by(SEGMENT, Order::Asc);
        for column in sort_columns {
            column.sort(&mut all, column.name.1, reversed);
        }
        Some(all.limit(self.limit().into()).take())
    }
}

//! The statements that read and count the children of many parents: they differ between the databases.

use sea_orm::{
    Condition,
    sea_query::{
        Asterisk, CommonTableExpression, Expr, ExprTrait, JoinType, Query, SelectStatement, WindowStatement,
        WithClause,
    },
};
use uuid::Uuid;

use super::{
    children::ChildPages,
    column::TOTAL,
    dialect::{Dialect, count_all},
    parents::Parents,
};

impl Dialect {
    /// Returns one row for every child in the window of every parent, with the parent's id and the child's
    /// columns (and the number of the parent's children, if requested), and one row without a child for a
    /// parent that has none.
    ///
    /// The index is read once for each parent, to the end of its page.
    pub(super) fn children(
        self,
        parents: &Parents,
        rows: SelectStatement,
        children: &ChildPages<'_>,
    ) -> SelectStatement {
        let parents = match parents {
            Parents::Ids(ids) => self.ids(ids),
            Parents::Rows(rows) => rows.clone(),
        };
        match self {
            Self::Postgres => lateral(parents, rows, children),
            Self::Sqlite => by_row_ids(parents, &rows, children),
        }
    }

    /// Counts the rows of each of these parents: rows of `id` and the number, no row for a parent without
    /// children.
    pub(super) fn counts(
        self,
        mut rows: SelectStatement,
        parent: (&'static str, &'static str),
        ids: &[Uuid],
    ) -> SelectStatement {
        rows.clear_selects()
            .expr_as(Expr::col(parent), "id")
            .expr_as(count_all(), TOTAL)
            .and_where(self.id_in(parent, ids))
            .group_by_col(parent);
        rows
    }
}

fn lateral(
    parents: SelectStatement,
    mut rows: SelectStatement,
    ChildPages { order, window, parent, columns, total }: &ChildPages<'_>,
) -> SelectStatement {
    window.narrow(&mut rows, order);
    rows.and_where(Expr::col(*parent).eq(Expr::col(("p", "id"))));
    window.cut(&mut rows, order);
    let mut all = Query::select();
    all.column(("p", "id")).columns(columns.iter().map(|column| ("c", *column)));
    if *total {
        rows.expr_window_as(count_all(), WindowStatement::new(), TOTAL);
        all.column(("c", TOTAL));
    }
    let always = Condition::all().add(Expr::cust("TRUE"));
    all.from_subquery(parents, "p").join_lateral(JoinType::LeftJoin, rows, "c", always);
    all
}

/// `SQLite` has no LATERAL, and ranks of window functions would read the whole list of each parent. So the ids of the rows in
/// the window are selected for each parent, and then these rows.
fn by_row_ids(
    parents: SelectStatement,
    rows: &SelectStatement,
    ChildPages { order, window, parent, columns, total }: &ChildPages<'_>,
) -> SelectStatement {
    let table = parent.0;
    let row_id = || Expr::col((table, "rowid"));
    let of = |owner: &'static str| {
        let mut rows = rows.clone();
        rows.clear_selects().and_where(Expr::col(*parent).eq(Expr::col((owner, "id"))));
        rows
    };
    let mut in_window = of("p");
    in_window.expr(row_id());
    window.narrow(&mut in_window, order);
    window.cut(&mut in_window, order);
    let mut all = Query::select();
    all.column(("p", "id")).columns(columns.iter().map(|column| (table, *column)));
    if *total {
        let counted = of("q").expr(count_all()).take();
        let mut owners = Query::select();
        owners.column(("q", Asterisk)).expr_as(Expr::from(counted), TOTAL).from_subquery(parents, "q");
        // Otherwise the rows are counted again for each row of the page.
        let mut once = CommonTableExpression::new();
        once.query(owners).table_name("p").materialized(true);
        all.with_cte(WithClause::new().cte(once).to_owned()).from("p").column(("p", TOTAL));
    } else {
        all.from_subquery(parents, "p");
    }
    all.join(JoinType::LeftJoin, table, row_id().in_subquery(in_window));
    window.sort(&mut all, order);
    all
}

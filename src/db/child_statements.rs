//! The statements that read and count the children of many parents: they differ between the databases.

use sea_orm::{
    Condition,
    sea_query::{Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement, WindowStatement},
};
use uuid::Uuid;

use super::{
    children::{ChildPages, PARENT, RANK},
    column::TOTAL,
    dialect::{Dialect, count_all},
    parents::Parents,
};

impl Dialect {
    /// Returns one row for every child in the window of every parent, with the parent's id and the child's
    /// columns (and the number of the parent's children, if requested), and one row without a child for a
    /// parent that has none.
    ///
    /// PostgreSQL scans the index once per parent and stops at the end of the page. `SQLite` has no LATERAL,
    /// so it ranks rows.
    pub(super) fn children(
        self,
        parents: &Parents,
        mut rows: SelectStatement,
        children: &ChildPages<'_>,
    ) -> SelectStatement {
        let parents = match parents {
            Parents::Ids(ids) => self.ids(ids),
            Parents::Rows(rows) => rows.clone(),
        };
        let ChildPages { order, window, parent, columns, total } = children;
        window.narrow(&mut rows, order);
        let mut all = Query::select();
        all.column(("p", "id")).columns(columns.iter().map(|column| ("c", *column)));
        if *total {
            all.column(("c", TOTAL));
        }
        match self {
            Self::Postgres => {
                rows.and_where(Expr::col(*parent).eq(Expr::col(("p", "id"))));
                window.cut(&mut rows, order);
                if *total {
                    rows.expr_window_as(count_all(), WindowStatement::new(), TOTAL);
                }
                let always = Condition::all().add(Expr::cust("TRUE"));
                all.from_subquery(parents, "p").join_lateral(JoinType::LeftJoin, rows, "c", always);
            }
            Self::Sqlite => {
                let ids = Query::select().column(("p", "id")).from_subquery(parents.clone(), "p").take();
                rows.and_where(Expr::col(*parent).in_subquery(ids));
                let mut rank = WindowStatement::partition_by(*parent);
                window.sort(&mut rank, order);
                rows.expr_as(Expr::col(*parent), PARENT).expr_window_as(Func::cust("row_number"), rank, RANK);
                if *total {
                    rows.expr_window_as(count_all(), WindowStatement::partition_by(*parent), TOTAL);
                }
                let in_window = Condition::all()
                    .add(Expr::col(("c", PARENT)).eq(Expr::col(("p", "id"))))
                    .add(Expr::col(("c", RANK)).lte(window.limit()));
                all.from_subquery(parents, "p").join_subquery(JoinType::LeftJoin, rows, "c", in_window);
                all.order_by(("c", RANK), Order::Asc);
            }
        }
        all
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

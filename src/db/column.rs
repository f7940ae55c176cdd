pub use keyset::TOTAL;
use sea_orm::{
    EntityTrait, IdenStatic,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;

/// Returns a column as statements name it.
pub fn column<E: EntityTrait>(column: E::Column) -> (&'static str, &'static str) {
    (E::default().table_name(), column.as_str())
}

/// Condition that a row of a table belongs to a project.
#[must_use]
pub fn of_project<E: EntityTrait>(project: Uuid) -> Expr {
    Expr::col((E::default().table_name(), "project_id")).eq(project)
}

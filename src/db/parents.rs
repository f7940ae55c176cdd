use sea_orm::sea_query::SelectStatement;
use uuid::Uuid;

/// The parents whose children are read.
pub enum Parents {
    Ids(Vec<Uuid>),
    /// A select that has a column `id`.
    Rows(SelectStatement),
}

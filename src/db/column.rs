use sea_orm::{EntityTrait, IdenStatic};

/// Returns a column as statements name it.
pub fn column<E: EntityTrait>(column: E::Column) -> (&'static str, &'static str) {
    (E::default().table_name(), column.as_str())
}

/// Name of the row-count column in selects.
pub const TOTAL: &str = "total";

use sea_orm::{DbErr, QueryResult};

/// A row that is read by column index. Looking each column up by name took a fifth of the CPU time of a page.
pub trait FromRowByIndex: Sized {
    /// The columns that are always selected, in this order, the id first.
    const COLUMNS: &'static [&'static str];
    /// The columns after them, which a select can skip. They are nullable, and null if skipped.
    const SKIPPABLE: &'static [&'static str];

    /// Reads a row whose columns start at index `first`.
    ///
    /// # Errors
    ///
    /// When a value does not have its column's type.
    fn read(row: &QueryResult, first: usize, skipped: ColumnMask) -> Result<Self, DbErr>;
}

/// The skipped columns of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ColumnMask(u32);

impl ColumnMask {
    /// No column is skipped.
    pub const NONE: Self = Self(0);

    /// Skips the skippable columns that are not needed.
    pub fn of<M: FromRowByIndex>(is_needed: impl Fn(&str) -> bool) -> Self {
        let skipped = M::SKIPPABLE.iter().enumerate().filter(|(_, column)| !is_needed(column));
        Self(skipped.fold(0, |set, (index, _)| set | 1 << index))
    }

    /// Skips the same columns but those that are needed after all.
    #[must_use]
    pub fn without<M: FromRowByIndex>(self, is_needed: impl Fn(&str) -> bool) -> Self {
        if self == Self::NONE {
            return self;
        }
        Self(self.0 & Self::of::<M>(is_needed).0)
    }

    /// Returns whether the column at this index of [`FromRowByIndex::SKIPPABLE`] is skipped.
    #[must_use]
    pub const fn contains(self, index: usize) -> bool {
        self.0 & 1 << index != 0
    }

    /// Returns the columns that are selected, in order.
    pub fn columns<M: FromRowByIndex>(self) -> impl Iterator<Item = &'static str> {
        let rest = M::SKIPPABLE.iter().enumerate().filter(move |(index, _)| !self.contains(*index));
        M::COLUMNS.iter().copied().chain(rest.map(|(_, column)| *column))
    }
}

/// Implements [`FromRowByIndex`] for the `Model` of a table: first the columns that are always selected,
/// then, after a semicolon, the skippable ones. A column in neither list does not compile, nor does a
/// skippable column that is not nullable.
#[macro_export]
macro_rules! from_row_by_index {
    ($($column:ident)* $(; $($skippable:ident)*)?) => {
        impl $crate::FromRowByIndex for Model {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),*];
            const SKIPPABLE: &'static [&'static str] = &[$($(stringify!($skippable)),*)?];

            fn read(
                row: &sea_orm::QueryResult,
                first: usize,
                skipped: $crate::ColumnMask,
            ) -> Result<Self, sea_orm::DbErr> {
                let mut indexes = first..;
                // Has at least as many items as there are columns.
                let mut next = || indexes.next().unwrap_or_default();
                $(
                    let mut skippable = 0..;
                    let mut is_selected =
                        || skippable.next().is_some_and(|index| !skipped.contains(index));
                    $(let $skippable = is_selected();)*
                )?
                let _ = skipped;
                Ok(Self {
                    $($column: row.try_get_by_index(next())?,)*
                    $($($skippable: if $skippable { row.try_get_by_index(next())? } else { None },)*)?
                })
            }
        }
    };
}

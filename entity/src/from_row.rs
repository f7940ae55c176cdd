use sea_orm::{DbErr, QueryResult};

/// A row that is read by the places of its columns. Looking each up by its name cost a fifth of the processor's time of
/// a page.
pub trait FromRowByIndex: Sized {
    /// The columns that are always selected, in this order, the id first.
    const COLUMNS: &'static [&'static str];
    /// Those that come after them, and that a select can leave out: they can be null, and are then.
    const SKIPPABLE: &'static [&'static str];

    /// Reads a row whose columns begin at this place.
    ///
    /// # Errors
    ///
    /// When a value is not of its column's type.
    fn read(row: &QueryResult, first: usize, skipped: ColumnMask) -> Result<Self, DbErr>;
}

/// Which columns of a row are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ColumnMask(u32);

impl ColumnMask {
    /// All columns are there.
    pub const NONE: Self = Self(0);

    /// Leaves out what nobody asks for, of the columns that can be.
    pub fn of<M: FromRowByIndex>(is_asked_for: impl Fn(&str) -> bool) -> Self {
        let skipped = M::SKIPPABLE.iter().enumerate().filter(|(_, column)| !is_asked_for(column));
        Self(skipped.fold(0, |set, (place, _)| set | 1 << place))
    }

    /// Whether the column at this place of [`FromRowByIndex::SKIPPABLE`] is left out.
    #[must_use]
    pub const fn holds(self, place: usize) -> bool {
        self.0 & 1 << place != 0
    }

    /// The columns that are there, in their order.
    pub fn columns<M: FromRowByIndex>(self) -> impl Iterator<Item = &'static str> {
        let rest = M::SKIPPABLE.iter().enumerate().filter(move |(place, _)| !self.holds(*place));
        M::COLUMNS.iter().copied().chain(rest.map(|(_, column)| *column))
    }
}

/// Implements [`FromRowByIndex`] for the `Model` of a table: the columns that are always selected, and behind a semicolon those
/// that can be left out. A column that is in neither does not compile, nor does one that can be left out and not be null.
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
                let mut places = first..;
                // Never ends before the columns do.
                let mut next = || places.next().unwrap_or_default();
                $(
                    let mut skippable = 0..;
                    let mut is_there = || skippable.next().is_some_and(|place| !skipped.holds(place));
                    $(let $skippable = is_there();)*
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

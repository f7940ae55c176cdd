use sea_orm::sea_query::{OrderedStatement, SelectStatement};

use crate::{Cell, ColumnMask, Page, Position, SortOrder, seek::beyond};

/// The end of a list from which rows are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    Front,
    Back,
}

/// A window of a list: at most `size` rows, from one end of the range between two positions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageWindow {
    pub size: u32,
    pub end: End,
    pub after: Option<Position>,
    pub before: Option<Position>,
    /// The columns that the caller does not need.
    pub skipped: ColumnMask,
    /// Whether an empty window is read nevertheless, to learn whether the list has rows beyond it.
    pub reads_beyond: bool,
}

impl PageWindow {
    /// Creates the window at an end of the whole list.
    #[must_use]
    pub const fn new(size: u32, end: End) -> Self {
        Self { size, end, after: None, before: None, skipped: ColumnMask::NONE, reads_beyond: false }
    }

    /// Creates the window that continues a list read from an end: behind a position, if there is one.
    #[must_use]
    pub fn from(size: u32, end: End, position: Option<Position>) -> Self {
        let (after, before) = match end {
            End::Front => (position, None),
            End::Back => (None, position),
        };
        Self { after, before, ..Self::new(size, end) }
    }

    /// Returns the same window with other values in its positions. Values that decide which statement reads the window
    /// stay: nulls, and those of a column with few of them.
    #[must_use]
    pub fn with_values(&self, order: &SortOrder, mut replace: impl FnMut(&Cell) -> Cell) -> Self {
        let mut replaced = |position: &Option<Position>| {
            let Position(cells) = position.as_ref()?;
            let cells = order.columns.iter().zip(cells).map(|(column, cell)| {
                if column.domain.is_some() || *cell == Cell::Null { cell.clone() } else { replace(cell) }
            });
            Some(Position(cells.collect()))
        };
        Self { after: replaced(&self.after), before: replaced(&self.before), ..*self }
    }

    /// Returns whether the window is bounded by a position, rather than at an end of the whole list.
    #[must_use]
    pub const fn is_inside(&self) -> bool {
        self.after.is_some() || self.before.is_some()
    }

    /// Returns whether the window is empty and its list is not asked about, so that no statement is needed.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        self.size == 0 && !self.reads_beyond
    }

    /// The page of a window that was not read: empty, with the properties that follow from the window alone.
    #[must_use]
    pub const fn unread<M>(&self) -> Page<M> {
        let (has_previous, has_next) = self.neighbours(false);
        Page { rows: Vec::new(), has_previous, has_next, total: None }
    }

    /// Number of rows to select: one more than the page, to learn whether the list continues.
    #[must_use]
    pub const fn limit(&self) -> u32 {
        self.size.saturating_add(1)
    }

    /// Narrows a select to the rows between the window's positions.
    pub fn narrow(&self, rows: &mut SelectStatement, order: &SortOrder) {
        for (position, reversed) in [(&self.after, false), (&self.before, true)] {
            if let Some(Position(cells)) = position {
                rows.cond_where(beyond(&order.columns, cells, reversed));
            }
        }
    }

    /// Orders rows so that the window's are the first: from its end of the list.
    pub fn sort(&self, rows: &mut impl OrderedStatement, order: &SortOrder) {
        order.sort(rows, self.is_reversed());
    }

    /// Orders a select and limits it to the window's rows and one more.
    pub fn cut(&self, rows: &mut SelectStatement, order: &SortOrder) {
        self.sort(rows, order);
        rows.limit(self.limit().into());
    }

    pub(crate) const fn is_reversed(&self) -> bool {
        matches!(self.end, End::Back)
    }

    /// Returns whether rows precede and follow the page; `more` if the select returned a row too many.
    const fn neighbours(&self, more: bool) -> (bool, bool) {
        // No query checks for rows on the far side of a cursor: the row that the cursor was made from is one.
        match self.end {
            End::Front => (self.after.is_some(), more),
            End::Back => (more, self.before.is_some()),
        }
    }

    /// Assembles the page from the rows of its select. `counted` is the length of the whole list, if the select
    /// returned it.
    #[must_use]
    pub fn page<M>(&self, mut rows: Vec<M>, counted: Option<u64>) -> Page<M> {
        let more = rows.len() > self.size as usize;
        rows.truncate(self.size as usize);
        let whole = (!more && !self.is_inside()).then_some(rows.len() as u64);
        if self.is_reversed() {
            rows.reverse();
        }
        let (has_previous, has_next) = self.neighbours(more);
        Page { rows, has_previous, has_next, total: whole.or(counted) }
    }
}

/// What a table says about the persons that are verified. Declared beside each entity; the tests of erasure walk
/// the declarations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableData {
    /// Nothing, with the reason.
    NoPerson(&'static str),
    /// Rows of persons. An erasure removes every text of them.
    Person {
        /// Columns with a fixed set of values, which cannot contain text of a caller. They may remain.
        fixed: &'static [&'static str],
    },
}

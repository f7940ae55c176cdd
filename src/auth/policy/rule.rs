use crate::auth::Permission;

/// What a caller needs to read a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// A valid token.
    Token,
    One(Permission),
    /// A mutation that returns a rejection in its payload if the caller lacks the permission: see
    /// [`Policy::permits`](super::Policy::permits).
    OrRejected(Permission),
    /// Like `OrRejected`, and a member has to have signed in a moment ago.
    FreshOrRejected(Permission),
}

/// Classification of a field's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataClass {
    /// Data that neither names nor describes a person.
    Plain,
    /// Personal data: encrypted at rest.
    Personal,
}

/// Who may read a field, and how its data is classified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub need: Requirement,
    pub class: DataClass,
}

/// A row of the table: type, requirement, data class, fields.
pub type Row = (&'static str, Requirement, DataClass, &'static [&'static str]);

/// A row of the table of REST paths: method, path, requirement.
pub type Route = (&'static str, &'static str, Requirement);

//! Default deny: the one table that says who may read which field, and whether the field tells something personal.
//!
//! `policy/` has its rows, by concept. A field without a row does not answer, whoever asks. `graphql::guard` is the one
//! hook that looks it up.

mod checks;
mod people;
mod project;
mod rejections;
mod routes;

use std::{collections::HashMap, sync::LazyLock};

use super::{Caller, Permission};
use crate::{Error, Result};

pub use routes::{ROUTES, check_route, needs_of};

/// What a caller has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// A good token is enough.
    Token,
    One(Permission),
    /// A mutation whose payload says so itself when this is not held: see [`permits`].
    OrRejected(Permission),
}

/// What a field tells about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataClass {
    /// Nothing that names or describes a person.
    Plain,
    /// Personal data: encrypted at rest.
    Personal,
}

/// Who may read a field, and what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub need: Requirement,
    pub class: DataClass,
}

/// A row of the table: type, what it needs, what it tells, fields.
pub type Row = (&'static str, Requirement, DataClass, &'static [&'static str]);

/// The table.
pub fn rows() -> impl Iterator<Item = Row> {
    let refusals =
        rejections::NAMES.iter().map(|name| (*name, Requirement::Token, DataClass::Plain, &["message"][..]));
    [project::ROWS, people::ROWS, checks::ROWS].into_iter().flatten().copied().chain(refusals)
}

static RULES: LazyLock<HashMap<&str, HashMap<&str, Rule>>> = LazyLock::new(|| {
    let mut rules: HashMap<&str, HashMap<&str, Rule>> = HashMap::new();
    for (name, need, class, fields) in rows() {
        let of_type = rules.entry(name).or_default();
        of_type.extend(fields.iter().map(|field| (*field, Rule { need, class })));
    }
    rules
});

/// The rule of a field, if it has one.
#[must_use]
pub fn rule(type_name: &str, field: &str) -> Option<Rule> {
    RULES.get(type_name)?.get(field).copied()
}

/// Whether a caller may run a mutation that answers with a `ForbiddenRejection` when it may not. Asks the same table.
#[must_use]
pub fn permits(caller: &Caller, mutation: &str) -> bool {
    match rule("Mutation", mutation).map(|rule| rule.need) {
        Some(Requirement::Token) => true,
        Some(Requirement::One(permission) | Requirement::OrRejected(permission)) => caller.holds(permission),
        None => false,
    }
}

/// Lets a caller read a field, or not.
///
/// # Errors
///
/// [`Error::Forbidden`] when it lacks the permission; [`Error::Fault`] when the field has no rule.
pub fn check(caller: &Caller, type_name: &str, field: &str) -> Result<()> {
    match rule(type_name, field).map(|rule| rule.need) {
        Some(Requirement::Token | Requirement::OrRejected(_)) => Ok(()),
        Some(Requirement::One(permission)) if caller.holds(permission) => Ok(()),
        Some(Requirement::One(permission)) => Err(Error::Forbidden(permission)),
        None => Err(Error::Fault("a field of the schema has no rule in the policy table")),
    }
}

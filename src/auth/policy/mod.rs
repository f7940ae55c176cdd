//! The access policy, default deny: one table that says who may read which field, and whether the field holds
//! personal data.
//!
//! The files in `policy/` hold the rows, by concept. A field without a row is refused for every caller.
//! `graphql::guard` is the one hook that reads the table.

mod checks;
mod people;
mod project;
mod rejections;
mod routes;
pub mod rule;

use std::{collections::HashMap, sync::LazyLock};

use super::Caller;
use crate::{
    Error, Result,
    auth::policy::rule::{DataClass, Requirement, Row, Rule},
};
pub use routes::{ROUTES, check_route, needs_of};

/// Returns all rows of the table.
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

/// Returns the rule of a field, if it has one.
#[must_use]
pub fn rule(type_name: &str, field: &str) -> Option<Rule> {
    RULES.get(type_name)?.get(field).copied()
}

/// Returns whether the caller may run a mutation that returns `ForbiddenRejection` otherwise. Reads the same
/// table.
#[must_use]
pub fn permits(caller: &Caller, mutation: &str) -> bool {
    match rule("Mutation", mutation).map(|rule| rule.need) {
        Some(Requirement::Token) => true,
        Some(Requirement::One(permission) | Requirement::OrRejected(permission)) => caller.holds(permission),
        None => false,
    }
}

/// Checks that a caller may read a field.
///
/// # Errors
///
/// [`Error::Forbidden`] if the caller lacks the permission; [`Error::Fault`] if the field has no rule.
pub fn check(caller: &Caller, type_name: &str, field: &str) -> Result<()> {
    match rule(type_name, field).map(|rule| rule.need) {
        Some(Requirement::Token | Requirement::OrRejected(_)) => Ok(()),
        Some(Requirement::One(permission)) if caller.holds(permission) => Ok(()),
        Some(Requirement::One(permission)) => Err(Error::Forbidden(permission)),
        None => Err(Error::Fault("a field of the schema has no rule in the policy table")),
    }
}

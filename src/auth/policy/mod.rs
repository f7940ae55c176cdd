//! The access policy, default deny: who may read which field and use which path, and whether a field holds
//! personal data. The concepts list their rows, `schema/policy.rs` lists the concepts.
//!
//! A field without a row is refused for every caller. `graphql::guard` is the one hook that reads the table.

pub mod rule;

use std::collections::HashMap;

use self::rule::{Requirement, Route, Row, Rule};
use super::{Caller, Permission};
use crate::{Error, Result};

/// The access policy of a server.
#[derive(Debug)]
pub struct Policy {
    rows: Vec<Row>,
    routes: Vec<Route>,
    rules: HashMap<&'static str, HashMap<&'static str, Rule>>,
}

impl Policy {
    /// Creates a policy of rows.
    pub fn new(rows: impl Iterator<Item = Row>, routes: impl Iterator<Item = Route>) -> Self {
        let rows: Vec<Row> = rows.collect();
        let mut rules: HashMap<_, HashMap<_, _>> = HashMap::new();
        for (name, need, class, fields) in &rows {
            let of_type = rules.entry(*name).or_default();
            of_type.extend(fields.iter().map(|field| (*field, Rule { need: *need, class: *class })));
        }
        Self { rows, routes: routes.collect(), rules }
    }

    /// Returns all rows of fields.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Returns all rows of REST paths.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Returns the rule of a field, if it has one.
    #[must_use]
    pub fn rule(&self, type_name: &str, field: &str) -> Option<Rule> {
        self.rules.get(type_name)?.get(field).copied()
    }

    /// Returns whether the caller may run a mutation that returns `ForbiddenRejection` otherwise.
    #[must_use]
    pub fn permits(&self, caller: &Caller, mutation: &str) -> bool {
        match self.rule("Mutation", mutation).map(|rule| rule.need) {
            Some(Requirement::Token) => true,
            Some(
                Requirement::One(permission)
                | Requirement::OrRejected(permission)
                | Requirement::FreshOrRejected(permission),
            ) => caller.holds(permission),
            None => false,
        }
    }

    /// Returns whether a mutation requires that a member has signed in a moment ago.
    #[must_use]
    pub fn needs_fresh_sign_in(&self, mutation: &str) -> bool {
        let need = self.rule("Mutation", mutation).map(|rule| rule.need);
        matches!(need, Some(Requirement::FreshOrRejected(_)))
    }

    /// Returns whether a mutation that a permission allows requires that a member has signed in a moment ago.
    #[must_use]
    pub fn is_for_fresh_sign_ins(&self, permission: Permission) -> bool {
        let fresh = Requirement::FreshOrRejected(permission);
        self.rows.iter().any(|(name, need, ..)| *name == "Mutation" && *need == fresh)
    }

    /// Checks that a caller may read a field.
    ///
    /// # Errors
    ///
    /// [`Error::Forbidden`] if the caller lacks the permission; [`Error::Fault`] if the field has no rule.
    pub fn check(&self, caller: &Caller, type_name: &str, field: &str) -> Result<()> {
        match self.rule(type_name, field).map(|rule| rule.need) {
            Some(Requirement::Token | Requirement::OrRejected(_) | Requirement::FreshOrRejected(_)) => Ok(()),
            Some(Requirement::One(permission)) if caller.holds(permission) => Ok(()),
            Some(Requirement::One(permission)) => Err(Error::Forbidden(permission)),
            None => Err(Error::Fault("a field of the schema has no rule in the policy table")),
        }
    }

    /// Checks that a caller may use a REST path.
    ///
    /// # Errors
    ///
    /// [`Error::Forbidden`] if the caller lacks the permission; [`Error::Fault`] if the path has no rule.
    pub fn check_route(&self, caller: &Caller, method: &str, path: &str) -> Result<()> {
        let mut needs = self.needs_of(method, path).peekable();
        if needs.peek().is_none() {
            return Err(Error::Fault("a path of the REST surface has no rule in the policy table"));
        }
        for need in needs {
            match need {
                Requirement::One(permission)
                | Requirement::OrRejected(permission)
                | Requirement::FreshOrRejected(permission)
                    if !caller.holds(permission) =>
                {
                    return Err(Error::Forbidden(permission));
                }
                Requirement::Token
                | Requirement::One(_)
                | Requirement::OrRejected(_)
                | Requirement::FreshOrRejected(_) => {}
            }
        }
        Ok(())
    }

    /// Returns everything that a caller of a path needs.
    pub fn needs_of<'a>(&'a self, method: &'a str, path: &'a str) -> impl Iterator<Item = Requirement> + 'a {
        let routes = self.routes.iter();
        routes.filter(move |(of, route, _)| *of == method && *route == path).map(|(.., need)| *need)
    }
}

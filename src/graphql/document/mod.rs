//! The guard that checks documents before the executor runs them, with the limits and permissions of this
//! server, and persisted documents. The crate `document-guard` implements the guard itself.

mod persisted;

use std::sync::Arc;

use document_guard::{Document, Documents, GuardError, LimitKind, Require, Shape};

use crate::{
    Code, Error,
    auth::{
        Permissions,
        policy::{Policy, rule::Requirement},
    },
    config::Limits,
    graphql::page::DEFAULT_PAGE,
};
pub use persisted::{Hash, Persisted};

/// Creates the cache of documents for this schema. `require` is [`required`] of the policy.
#[must_use]
pub fn documents(shape: Arc<Shape>, limits: &Limits, require: Require) -> Documents {
    let limits = document_guard::Limits {
        document: limits.document,
        tokens: limits.tokens,
        nesting: limits.nesting,
        directives: limits.directives,
        operations: limits.operations,
        fragments: limits.fragments,
        selections: limits.selections,
        depth: limits.depth,
        complexity: limits.complexity,
        nodes: limits.nodes,
        introspection: limits.introspection,
        schema_fields: limits.schema_fields,
        aliases: limits.aliases,
        root_fields: limits.root_fields,
        variables: limits.variables,
        list: limits.list,
        text: limits.text,
        page: limits.page,
        default_page: DEFAULT_PAGE.unsigned_abs().into(),
    };
    Documents::new(shape, limits, require)
}

/// Returns the permissions that a field needs, as [`Permissions::bits`]. `None` if the policy table has no
/// rule for the field.
#[must_use]
pub fn required(policy: &Policy, type_name: &str, field: &str) -> Option<u64> {
    Some(match policy.rule(type_name, field)?.need {
        Requirement::Token => 0,
        Requirement::One(permission)
        | Requirement::OrRejected(permission)
        | Requirement::FreshOrRejected(permission) => {
            [permission].into_iter().collect::<Permissions>().bits()
        }
    })
}

/// Whether a caller with these permissions may read every field of a document. If so, no field is checked during
/// execution.
#[must_use]
pub fn is_pre_authorized(document: &Document, permissions: Permissions) -> bool {
    document.required().is_some_and(|bits| bits & permissions.bits() == bits)
}

impl From<GuardError> for Error {
    fn from(error: GuardError) -> Self {
        match error {
            GuardError::Limit { what, limit, setting, kind } => {
                let code = match kind {
                    LimitKind::Size => Code::DocumentTooLarge,
                    LimitKind::Depth => Code::QueryTooDeep,
                    LimitKind::Complexity => Code::QueryTooComplex,
                    LimitKind::Input => Code::BadUserInput,
                };
                Self::Limit { what, limit, setting, code }
            }
            GuardError::Invalid(text) => Self::BadDocument(text),
        }
    }
}

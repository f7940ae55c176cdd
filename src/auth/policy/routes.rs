//! The permissions that the REST paths need.

use super::rule::Requirement::{self, One};
use crate::{
    Error, Result,
    auth::{
        Caller,
        Permission::{
            DocumentsView, IdproofingAdd, IdproofingEdit, IdproofingView, ResultsView, SessionsAdd,
            SessionsView, VerificationsView,
        },
    },
};

/// The permission that each REST path needs. A path with several rows needs all of their permissions. A path
/// without a row is refused.
pub const ROUTES: &[(&str, &str, Requirement)] = &[
    ("GET", "/v1/verification/details/{id}", One(ResultsView)),
    ("GET", "/api/v2/verifications", One(VerificationsView)),
    ("GET", "/api/v2/verifications/levels", One(VerificationsView)),
    ("GET", "/api/v2/verifications/{id}", One(VerificationsView)),
    ("GET", "/v2/verifications/{id}", One(VerificationsView)),
    ("POST", "/api/web/v1/idproofing", One(IdproofingView)),
    ("GET", "/api/web/v1/idproofing/{requestId}", One(IdproofingView)),
    ("POST", "/api/web/v1/idproofing/init", One(IdproofingAdd)),
    ("PUT", "/api/web/v1/idproofing/{requestId}/image/{side}", One(IdproofingEdit)),
    ("PUT", "/api/web/v1/idproofing/{requestId}/complete", One(IdproofingEdit)),
    ("POST", "/v2/sessions", One(SessionsAdd)),
    ("GET", "/v2/users/{refId}", One(SessionsView)),
    ("GET", "/v2/sessions/{refId}", One(SessionsView)),
    ("GET", "/sessions/{refId}", One(SessionsView)),
    ("GET", "/v2/users/{refId}/documents", One(SessionsView)),
    ("GET", "/v2/users/{refId}/documents", One(DocumentsView)),
    ("GET", "/v2/images/{id}", One(DocumentsView)),
];

/// Checks that a caller may use a REST path.
///
/// # Errors
///
/// [`Error::Forbidden`] if the caller lacks the permission; [`Error::Fault`] if the path has no rule.
pub fn check_route(caller: &Caller, method: &str, path: &str) -> Result<()> {
    let mut needs = needs_of(method, path).peekable();
    if needs.peek().is_none() {
        return Err(Error::Fault("a path of the REST surface has no rule in the policy table"));
    }
    for need in needs {
        match need {
            Requirement::One(permission) | Requirement::OrRejected(permission)
                if !caller.holds(permission) =>
            {
                return Err(Error::Forbidden(permission));
            }
            Requirement::Token | Requirement::One(_) | Requirement::OrRejected(_) => {}
        }
    }
    Ok(())
}

/// Returns everything that a caller of a path needs.
pub fn needs_of(method: &str, path: &str) -> impl Iterator<Item = Requirement> {
    ROUTES.iter().filter(move |(of, route, _)| *of == method && *route == path).map(|(.., need)| *need)
}

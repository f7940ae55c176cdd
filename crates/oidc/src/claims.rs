use serde_json::{Map, Value};

use crate::{Prompt, SignInError, Transaction, transaction::is_same};

/// Seconds by which the clocks of the provider and of this machine may differ.
const LEEWAY: i64 = 60;
/// Maximum length of `sub` (OIDC Core, 2).
const SUBJECT: usize = 255;

/// Who signed in. `issuer` and `subject` together identify the person; the other claims may change, and may be
/// those of another person later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
    pub name: Option<String>,
    pub email: Option<String>,
    /// Whether the provider checked that the address is the person's.
    pub is_email_verified: bool,
    /// The values of the groups claim; none if it is not configured or the token does not have it.
    pub groups: Vec<String>,
    /// When the person proved who they are, in seconds of Unix time.
    pub authenticated_at: Option<i64>,
}

/// What the claims are compared with.
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) groups_claim: Option<&'a str>,
    pub(crate) transaction: &'a Transaction,
}

type Claims = Map<String, Value>;

/// Validates the claims of a token whose signature is verified (OIDC Core, 3.1.3.7).
pub(crate) fn validate(claims: &Claims, expected: &Expected<'_>, now: i64) -> Result<Identity, SignInError> {
    let wrong = |claim| Err(SignInError::Claim { claim });
    if text(claims, "iss") != Some(expected.issuer) {
        return wrong("iss");
    }
    validate_audience(claims, expected.client_id)?;
    let Some(expires_at) = seconds(claims, "exp") else { return wrong("exp") };
    if expires_at.saturating_add(LEEWAY) <= now {
        return Err(SignInError::TokenExpired);
    }
    // A token that is older than the sign-in was made for another one.
    let started_at = expected.transaction.started_at;
    let issued = started_at.saturating_sub(LEEWAY)..=now.saturating_add(LEEWAY);
    if !seconds(claims, "iat").is_some_and(|at| issued.contains(&at)) {
        return wrong("iat");
    }
    if claims.contains_key("nbf") && seconds(claims, "nbf").is_none_or(|at| at > now.saturating_add(LEEWAY)) {
        return wrong("nbf");
    }
    if !text(claims, "nonce").is_some_and(|nonce| is_same(nonce, &expected.transaction.nonce)) {
        return wrong("nonce");
    }
    let Some(subject) = text(claims, "sub").filter(|subject| (1..=SUBJECT).contains(&subject.len())) else {
        return wrong("sub");
    };
    let authenticated_at = seconds(claims, "auth_time");
    if expected.transaction.prompt == Prompt::Login
        && !authenticated_at.is_some_and(|at| issued.contains(&at))
    {
        return Err(SignInError::NotFresh);
    }
    Ok(Identity {
        issuer: expected.issuer.to_owned(),
        subject: subject.to_owned(),
        name: text(claims, "name").map(str::to_owned),
        email: text(claims, "email").map(str::to_owned),
        is_email_verified: claims.get("email_verified").and_then(Value::as_bool).unwrap_or_default(),
        groups: match expected.groups_claim {
            Some(claim) => groups(claims, claim)?,
            None => Vec::new(),
        },
        authenticated_at,
    })
}

/// The token is for this client. If it is for others too, it names this client as the party it was issued to.
fn validate_audience(claims: &Claims, client_id: &str) -> Result<(), SignInError> {
    let audiences = texts(claims.get("aud"));
    if !audiences.contains(&client_id) {
        return Err(SignInError::Claim { claim: "aud" });
    }
    let is_party = match claims.get("azp") {
        Some(party) => party.as_str() == Some(client_id),
        None => audiences.len() == 1,
    };
    if is_party { Ok(()) } else { Err(SignInError::Claim { claim: "azp" }) }
}

/// The values of the groups claim: a text, or a list whose other values are left out.
fn groups(claims: &Claims, claim: &str) -> Result<Vec<String>, SignInError> {
    // Entra names the claim here when a person has more groups than fit in a token. Without this error the
    // person would lose every role.
    if claims.get("_claim_names").and_then(|names| names.get(claim)).is_some() {
        return Err(SignInError::TooManyGroups { claim: claim.to_owned() });
    }
    let value = claims.get(claim).or_else(|| {
        let mut parts = claim.split('.');
        let first = claims.get(parts.next()?)?;
        parts.try_fold(first, |value, part| value.get(part))
    });
    Ok(texts(value).into_iter().map(str::to_owned).collect())
}

fn text<'a>(claims: &'a Claims, name: &str) -> Option<&'a str> {
    claims.get(name)?.as_str()
}

fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A time in whole seconds. The specification allows fractions; a token with one is refused.
fn seconds(claims: &Claims, name: &str) -> Option<i64> {
    claims.get(name)?.as_i64()
}

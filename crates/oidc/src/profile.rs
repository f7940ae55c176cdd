use serde_json::Value;

use crate::{
    SignInError,
    claims::{Claims, Proof, text, texts},
};

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
    /// The values of the groups claim; none if it is not configured or the provider does not send it.
    pub groups: Vec<String>,
    /// When the person proved who they are, in seconds of Unix time.
    pub authenticated_at: Option<i64>,
}

/// What a provider says about a person, in the ID token or at its `UserInfo` endpoint.
pub(crate) struct Profile {
    name: Option<String>,
    /// The address, and whether it is verified.
    email: Option<(String, bool)>,
    groups: Option<Vec<String>>,
}

impl Profile {
    pub(crate) fn read(claims: &Claims, groups_claim: Option<&str>) -> Result<Self, SignInError> {
        let is_verified = claims.get("email_verified").and_then(Value::as_bool).unwrap_or_default();
        Ok(Self {
            name: text(claims, "name").map(str::to_owned),
            email: text(claims, "email").map(|email| (email.to_owned(), is_verified)),
            groups: match groups_claim {
                Some(claim) => groups(claims, claim)?,
                None => Some(Vec::new()),
            },
        })
    }

    /// Whether the address and the groups are known. Without them a person cannot be given a role.
    pub(crate) const fn is_complete(&self) -> bool {
        self.email.is_some() && self.groups.is_some()
    }

    /// This profile, with what it lacks from another one.
    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            name: self.name.or(other.name),
            email: self.email.or(other.email),
            groups: self.groups.or(other.groups),
        }
    }

    pub(crate) fn into_identity(self, issuer: &str, proof: Proof) -> Identity {
        let Proof { subject, authenticated_at } = proof;
        let (email, is_email_verified) = self.email.unzip();
        Identity {
            issuer: issuer.to_owned(),
            subject,
            name: self.name,
            email,
            is_email_verified: is_email_verified.unwrap_or_default(),
            groups: self.groups.unwrap_or_default(),
            authenticated_at,
        }
    }
}

/// The values of the groups claim: a text, or a list whose other values are left out.
fn groups(claims: &Claims, claim: &str) -> Result<Option<Vec<String>>, SignInError> {
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
    Ok(value.map(|value| texts(Some(value)).into_iter().map(str::to_owned).collect()))
}

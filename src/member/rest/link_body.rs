//! The bodies of requests and responses about links.

use passwords::TotpSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answer::StateResponse;
use crate::{Result, member::second_factor};

/// A link's token.
#[derive(Deserialize, ToSchema)]
#[schema(as = LinkToken)]
pub struct TokenForm {
    pub token: String,
}

/// What a link is for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OpenedLink)]
pub struct LinkResponse {
    /// `SET_UP`, `INVITE` or `RECOVER`.
    pub purpose: String,
    /// The invited address. Null for a set-up link.
    #[schema(required)]
    pub email: Option<String>,
    /// The name of the project. Null if the link adds no membership.
    #[schema(required)]
    pub project: Option<String>,
    /// The name of the role. Null if the link adds no membership.
    #[schema(required)]
    pub role: Option<String>,
    /// Whether the person chooses a name and a password. Otherwise it has an account, and signs in first.
    pub needs_password: bool,
}

/// A new account.
#[derive(Deserialize, ToSchema)]
#[schema(as = AcceptLink)]
pub struct AcceptForm {
    pub token: String,
    /// The person's name. Ignored by recovery links.
    #[serde(default)]
    pub name: String,
    /// The person's address, for a set-up link.
    pub email: Option<String>,
    /// `en` or `fr`.
    pub locale: Option<String>,
    pub password: String,
}

/// What the authenticator app needs.
#[derive(Serialize, ToSchema)]
#[schema(as = AuthenticatorApp)]
pub struct TotpInfo {
    /// The secret in base32, for typing.
    pub secret: String,
    /// The `otpauth:` URI.
    pub uri: String,
    /// The URI as a QR code: rows of `0` and `1`.
    pub qr: Vec<String>,
}

impl TotpInfo {
    /// What the app of an account needs for a secret.
    ///
    /// # Errors
    ///
    /// When the address is too long for a QR code.
    pub fn new(secret: &TotpSecret, email: &str) -> Result<Self> {
        let enrolment = secret.enrolment("verigraph", email).map_err(second_factor::fault)?;
        let (secret, uri) = (enrolment.secret.to_string(), enrolment.uri.to_string());
        Ok(Self { secret, uri, qr: enrolment.qr_code })
    }
}

/// An account that waits for the first code of its authenticator app.
#[derive(Serialize, ToSchema)]
#[schema(as = AcceptedLink)]
pub struct AcceptResponse {
    /// Token with which the account is confirmed, for 5 minutes.
    pub attempt: String,
    pub totp: TotpInfo,
}

/// The first code of the authenticator app.
#[derive(Deserialize, ToSchema)]
#[schema(as = ConfirmLink)]
pub struct ConfirmForm {
    pub attempt: String,
    pub code: String,
}

/// A new account that is signed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConfirmedLink)]
pub struct ConfirmResponse {
    pub state: StateResponse,
    /// Codes that replace the authenticator app once each. They cannot be read again.
    pub recovery_codes: Vec<String>,
}

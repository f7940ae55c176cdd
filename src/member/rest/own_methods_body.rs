//! What a member reads of its own ways to sign in.

use entity::{Timestamp, member_passkey};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::member::methods::Methods;

/// A member's own ways to sign in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OwnMethods)]
pub struct OwnMethodsInfo {
    pub has_password: bool,
    /// Whether the member has an authenticator app, which a sign-in by password needs.
    pub has_authenticator: bool,
    /// Number of recovery codes that are not used yet.
    pub recovery_codes: u64,
    /// Oldest first.
    pub passkeys: Vec<PasskeyInfo>,
    /// Ids of the identity providers with which the member can sign in.
    #[schema(value_type = Vec<String>)]
    pub providers: Vec<Uuid>,
}

/// A passkey.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Passkey)]
pub struct PasskeyInfo {
    #[schema(value_type = String)]
    id: Uuid,
    /// The member's name for it.
    label: String,
    /// Whether it is copied to other devices of the member.
    is_backed_up: bool,
    /// RFC 3339.
    created_at: String,
    /// RFC 3339. Null if it was not used yet.
    #[schema(required)]
    last_used_at: Option<String>,
}

impl OwnMethodsInfo {
    /// The information of a member's methods.
    #[must_use]
    pub fn new(own: &Methods, passkeys: Vec<member_passkey::Model>) -> Self {
        let info = |row: member_passkey::Model| PasskeyInfo {
            id: row.id,
            label: row.label,
            is_backed_up: row.is_backed_up,
            created_at: row.created_at.to_rfc3339(),
            last_used_at: row.last_used_at.map(Timestamp::to_rfc3339),
        };
        Self {
            has_password: own.has_password,
            has_authenticator: own.has_authenticator,
            recovery_codes: own.recovery_codes,
            passkeys: passkeys.into_iter().map(info).collect(),
            providers: own.providers.clone(),
        }
    }
}

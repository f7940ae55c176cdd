//! The bodies of responses below `/auth`.

use entity::{Timestamp, oidc_provider, project::Mode, role::BuiltIn};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::own_methods_body::OwnMethodsInfo;
use crate::{
    auth::{Permission, role, session::idle_at},
    member::{profile::Profile, store::Access},
};

/// Who is signed in, what they have access to, and how one can sign in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthState)]
pub struct StateResponse {
    /// Null without a session.
    #[schema(required)]
    pub member: Option<MemberInfo>,
    /// Null without a session.
    #[schema(required)]
    pub session: Option<SessionInfo>,
    pub memberships: Vec<MembershipInfo>,
    pub methods: Methods,
    /// The member's own ways to sign in. Null without a session.
    #[schema(required)]
    pub own_methods: Option<OwnMethodsInfo>,
    /// Whether the installation has no member yet: the server has printed a link that creates the first.
    pub needs_set_up: bool,
}

/// A member's account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthMember)]
pub struct MemberInfo {
    #[schema(value_type = String)]
    pub id: Uuid,
    pub name: String,
    pub email: String,
    /// `en` or `fr`. Null: the browser's language.
    #[schema(required)]
    pub locale: Option<String>,
    /// Whether the member may create projects and configure single sign-on.
    pub is_operator: bool,
}

/// A device on which the member is signed in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthSession)]
pub struct SessionInfo {
    #[schema(value_type = String)]
    pub id: Uuid,
    /// `PASSWORD`, `PASSKEY`, `OIDC`, `LINK` or `DEMO`.
    pub method: String,
    /// Time of the sign-in, RFC 3339.
    pub created_at: String,
    /// Time of the last proof of identity, RFC 3339.
    pub authenticated_at: String,
    /// Time at which the session ends in any case, RFC 3339.
    pub expires_at: String,
    /// Time at which the session ends without further activity, RFC 3339.
    pub idle_at: String,
    /// Time of the last activity, RFC 3339.
    pub last_seen_at: String,
    /// The browser, as it names itself.
    #[schema(required)]
    pub user_agent: Option<String>,
    /// The network of the device: /24 of IPv4, /56 of IPv6.
    #[schema(required)]
    pub source: Option<String>,
    /// Whether the request came from this device.
    pub is_current: bool,
}

/// Access to one project.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthMembership)]
pub struct MembershipInfo {
    #[schema(value_type = String)]
    pub id: Uuid,
    pub number: i64,
    pub project: ProjectInfo,
    pub role: RoleInfo,
    pub permissions: Vec<&'static str>,
    /// Whether the project is entered by passkey only, and the member has signed in in another way: until it proves
    /// its identity by passkey (`/auth/step-up/begin`), it has no access.
    pub needs_passkey: bool,
    /// Null: the member sees every user.
    #[schema(required)]
    pub tag_limits: Option<Vec<String>>,
}

/// A project.
#[derive(Serialize, ToSchema)]
#[schema(as = AuthProject)]
pub struct ProjectInfo {
    #[schema(value_type = String)]
    pub id: Uuid,
    pub name: String,
    /// `LIVE` or `SANDBOX`.
    pub environment: &'static str,
}

/// A role.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthRole)]
pub struct RoleInfo {
    #[schema(value_type = String)]
    pub id: Uuid,
    pub name: String,
    /// Null for a role that the project made.
    #[schema(required)]
    pub built_in: Option<&'static str>,
    /// Whether personal data is masked.
    pub is_masked: bool,
}

/// How one can sign in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuthMethods)]
pub struct Methods {
    pub password: bool,
    pub passkey: bool,
    /// Why there are no passkeys: `IP_ADDRESS`, `NOT_SECURE` or `NOT_BUILT`. Null if there are.
    #[schema(required)]
    pub passkey_obstacle: Option<&'static str>,
    /// The identity providers, by name.
    pub oidc: Vec<ProviderInfo>,
    /// The accounts of a demo, which sign in by one click. Null outside of a demo.
    #[schema(required)]
    pub demo: Option<Vec<String>>,
}

/// An identity provider.
#[derive(Serialize, ToSchema)]
#[schema(as = AuthProvider)]
pub struct ProviderInfo {
    #[schema(value_type = String)]
    pub id: Uuid,
    pub label: String,
}

impl From<oidc_provider::Model> for ProviderInfo {
    fn from(row: oidc_provider::Model) -> Self {
        Self { id: row.id, label: row.label }
    }
}

impl MemberInfo {
    /// The information of a member.
    #[must_use]
    pub fn new(row: &entity::member::Model, profile: Profile) -> Self {
        Self {
            id: row.id,
            name: profile.name,
            email: profile.email,
            locale: row.locale.clone(),
            is_operator: row.is_operator,
        }
    }
}

impl SessionInfo {
    /// The information of a session; `current` is the one of the request.
    #[must_use]
    pub fn new(row: &entity::member_session::Model, current: Uuid) -> Self {
        use sea_orm::ActiveEnum;

        let time = Timestamp::to_rfc3339;
        Self {
            id: row.id,
            method: row.method.to_value(),
            created_at: time(row.created_at),
            authenticated_at: time(row.authenticated_at),
            expires_at: time(row.expires_at),
            idle_at: time(idle_at(row).min(row.expires_at)),
            last_seen_at: time(row.last_seen_at),
            user_agent: row.user_agent.clone(),
            source: row.source.clone(),
            is_current: row.id == current,
        }
    }
}

impl MembershipInfo {
    /// The information of a membership.
    #[must_use]
    pub fn new(Access { membership, role, project }: Access, needs_passkey: bool) -> Self {
        let permissions = role::permissions_of(&membership, &role, project.mode);
        Self {
            id: membership.id,
            number: membership.number,
            needs_passkey,
            permissions: permissions.iter().map(Permission::name).collect(),
            project: ProjectInfo {
                id: project.id,
                name: project.name,
                environment: match project.mode {
                    Mode::Live => "LIVE",
                    Mode::Sandbox => "SANDBOX",
                },
            },
            role: RoleInfo {
                id: role.id,
                name: role.name,
                built_in: role.built_in.map(built_in),
                is_masked: role.is_masked,
            },
            tag_limits: membership.tag_limits.map(|tags| tags.0),
        }
    }
}

const fn built_in(role: BuiltIn) -> &'static str {
    match role {
        BuiltIn::Owner => "OWNER",
        BuiltIn::Admin => "ADMIN",
        BuiltIn::Reviewer => "REVIEWER",
        BuiltIn::Support => "SUPPORT",
        BuiltIn::Developer => "DEVELOPER",
        BuiltIn::Auditor => "AUDITOR",
    }
}

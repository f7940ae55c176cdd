use std::fmt;

use entity::credential;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// A permission of a credential. The names are part of the contract: credentials store them and callers read
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(const_into_str)]
#[repr(u8)]
pub enum Permission {
    #[strum(serialize = "USERS:VIEW")]
    UsersView,
    #[strum(serialize = "USERS:PERSONAL")]
    UsersPersonal,
    #[strum(serialize = "USERS:EDIT")]
    UsersEdit,
    #[strum(serialize = "USERS:ERASE")]
    UsersErase,
    #[strum(serialize = "IDENTIFICATIONS:VIEW")]
    IdentificationsView,
    #[strum(serialize = "IDENTIFICATIONS:EDIT")]
    IdentificationsEdit,
    #[strum(serialize = "IDENTIFICATIONS:MANAGE")]
    IdentificationsManage,
    #[strum(serialize = "VERIFICATIONS:VIEW")]
    VerificationsView,
    #[strum(serialize = "VERIFICATIONS:GRANT")]
    VerificationsGrant,
    #[strum(serialize = "VERIFICATIONS:MANAGE")]
    VerificationsManage,
    #[strum(serialize = "IDPROOFING:VIEW")]
    IdproofingView,
    #[strum(serialize = "IDPROOFING:ADD")]
    IdproofingAdd,
    #[strum(serialize = "IDPROOFING:EDIT")]
    IdproofingEdit,
    #[strum(serialize = "RESULTS:VIEW")]
    ResultsView,
    #[strum(serialize = "RESULTS:ADD")]
    ResultsAdd,
    #[strum(serialize = "RESULTS:EDIT")]
    ResultsEdit,
    #[strum(serialize = "WEBHOOKS:VIEW")]
    WebhooksView,
    #[strum(serialize = "WEBHOOKS:MANAGE")]
    WebhooksManage,
    #[strum(serialize = "SESSIONS:VIEW")]
    SessionsView,
    #[strum(serialize = "SESSIONS:ADD")]
    SessionsAdd,
    #[strum(serialize = "SESSIONS:EDIT")]
    SessionsEdit,
    #[strum(serialize = "DOCUMENTS:VIEW")]
    DocumentsView,
    #[strum(serialize = "CREDENTIALS:MANAGE")]
    CredentialsManage,
    #[strum(serialize = "SANDBOX:MANAGE")]
    SandboxManage,
    #[strum(serialize = "AUDIT:VIEW")]
    AuditView,
    #[strum(serialize = "MEMBERS:VIEW")]
    MembersView,
    #[strum(serialize = "MEMBERS:MANAGE")]
    MembersManage,
    #[strum(serialize = "PROJECT:MANAGE")]
    ProjectManage,
    #[strum(serialize = "DATA:EXPORT")]
    DataExport,
    #[strum(serialize = "USERS:MASKED")]
    UsersMasked,
}

impl Permission {
    /// Every permission.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns the name, as credentials store it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.into_str()
    }

    /// Returns a one-line description of what the permission allows.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::UsersView => "read users: ids, number, status, tags and times",
            Self::UsersPersonal => "read users' personal data: names, birth, nationality, phone, e-mail",
            Self::IdentificationsView => "read identifications and their levels",
            Self::UsersEdit => "create, update and deactivate users",
            Self::UsersErase => "erase users, place legal holds on them, and set how long records are kept",
            Self::IdentificationsEdit => {
                "start identifications, report the state of their levels, and complete them"
            }
            Self::IdentificationsManage => "set how long levels are valid, and invalidate levels in bulk",
            Self::CredentialsManage => {
                "read, create and revoke credentials that hold no more permissions than the caller's"
            }
            Self::SandboxManage => "in sandbox projects: force outcomes, move the clock and run scenarios",
            Self::AuditView => "read the audit log of the project: who changed what, and when",
            Self::MembersView => "read the project's members, roles and invitations",
            Self::MembersManage => "invite members, change their roles, and end their access",
            Self::ProjectManage => "change the settings of the project",
            Self::DataExport => "export lists and whole users",
            Self::UsersMasked => "read users' personal data with most letters and digits masked",
            Self::VerificationsView => "read who was granted which verification level, when, why and by whom",
            Self::VerificationsGrant => "grant verification levels to users",
            Self::VerificationsManage => {
                "add verification levels to the project, and set which levels are granted automatically"
            }
            Self::IdproofingView => "read proofing requests",
            Self::IdproofingAdd => "start proofing requests",
            Self::IdproofingEdit => "upload images to proofing requests and complete them",
            Self::ResultsView => "read verification results and the data that they release",
            Self::ResultsAdd => "start verifications for relying parties",
            Self::ResultsEdit => "record the outcome of verifications",
            Self::WebhooksView => "read webhook subscriptions and their deliveries",
            Self::WebhooksManage => {
                "create, update, delete and test webhook subscriptions, and redeliver events"
            }
            Self::SessionsView => "read verification sessions: user, state and required captures",
            Self::SessionsAdd => "start verification sessions, and create their users if necessary",
            Self::SessionsEdit => {
                "submit documents and their images to verification sessions, and complete the sessions"
            }
            Self::DocumentsView => {
                "read documents: extracted data, images, and the addresses at which users were seen"
            }
        }
    }

    /// Returns whether a credential with tag limits can hold the permission. Events and audit entries concern
    /// all users, so the permissions to subscribe to them or to read them are excluded.
    #[must_use]
    pub const fn goes_with_tag_limits(self) -> bool {
        !matches!(
            self,
            Self::WebhooksView
                | Self::WebhooksManage
                | Self::CredentialsManage
                | Self::SandboxManage
                | Self::AuditView
                | Self::MembersView
                | Self::MembersManage
                | Self::ProjectManage
                | Self::DataExport
        )
    }

    /// Returns the permission with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok()
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Permissions(u64);

impl Permissions {
    /// Returns the set of all permissions.
    #[must_use]
    pub fn all() -> Self {
        Permission::ALL.iter().copied().collect()
    }

    /// Returns whether the set contains the permission.
    #[must_use]
    pub const fn holds(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u8) != 0
    }

    /// Returns the set as bits, one per permission. The bits are valid in this process only.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Returns the intersection of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Returns the permissions in the set, in the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |permission| self.holds(*permission))
    }

    /// Returns a credential's permissions, without those that its tag limits exclude.
    #[must_use]
    pub fn of(credential: &credential::Model) -> Self {
        let given = Self::named(credential.permissions.0.iter().map(String::as_str));
        let is_limited = credential.tag_limits.is_some();
        given.iter().filter(|permission| !is_limited || permission.goes_with_tag_limits()).collect()
    }

    /// Builds a set from names. A name in the database that this build does not know grants nothing.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().filter_map(Permission::named).collect()
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |set, permission| set | 1 << permission as u8))
    }
}

/// Formats the set as an OAuth scope: names separated by spaces.
impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Permission::name).collect();
        f.write_str(&names.join(" "))
    }
}

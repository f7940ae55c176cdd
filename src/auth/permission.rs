use std::fmt;

use entity::credential;

/// What a credential may do. The names are part of the contract: credentials store them and callers read them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Permission {
    UsersView,
    UsersPersonal,
    UsersEdit,
    UsersErase,
    IdentificationsView,
    IdentificationsEdit,
    IdentificationsManage,
    VerificationsView,
    VerificationsGrant,
    VerificationsManage,
    IdproofingView,
    IdproofingAdd,
    IdproofingEdit,
    ResultsView,
    ResultsAdd,
    ResultsEdit,
    WebhooksView,
    WebhooksManage,
    SessionsView,
    SessionsAdd,
    SessionsEdit,
    DocumentsView,
    CredentialsManage,
    SandboxManage,
    AuditView,
}

impl Permission {
    /// Every permission there is.
    pub const ALL: [Self; 25] = [
        Self::UsersView,
        Self::UsersPersonal,
        Self::UsersEdit,
        Self::UsersErase,
        Self::IdentificationsView,
        Self::IdentificationsEdit,
        Self::IdentificationsManage,
        Self::VerificationsView,
        Self::VerificationsGrant,
        Self::VerificationsManage,
        Self::IdproofingView,
        Self::IdproofingAdd,
        Self::IdproofingEdit,
        Self::ResultsView,
        Self::ResultsAdd,
        Self::ResultsEdit,
        Self::WebhooksView,
        Self::WebhooksManage,
        Self::SessionsView,
        Self::SessionsAdd,
        Self::SessionsEdit,
        Self::DocumentsView,
        Self::CredentialsManage,
        Self::SandboxManage,
        Self::AuditView,
    ];

    /// Its name, as credentials store it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UsersView => "USERS:VIEW",
            Self::UsersPersonal => "USERS:PERSONAL",
            Self::UsersEdit => "USERS:EDIT",
            Self::UsersErase => "USERS:ERASE",
            Self::IdentificationsView => "IDENTIFICATIONS:VIEW",
            Self::IdentificationsEdit => "IDENTIFICATIONS:EDIT",
            Self::IdentificationsManage => "IDENTIFICATIONS:MANAGE",
            Self::VerificationsView => "VERIFICATIONS:VIEW",
            Self::VerificationsGrant => "VERIFICATIONS:GRANT",
            Self::VerificationsManage => "VERIFICATIONS:MANAGE",
            Self::IdproofingView => "IDPROOFING:VIEW",
            Self::IdproofingAdd => "IDPROOFING:ADD",
            Self::IdproofingEdit => "IDPROOFING:EDIT",
            Self::ResultsView => "RESULTS:VIEW",
            Self::ResultsAdd => "RESULTS:ADD",
            Self::ResultsEdit => "RESULTS:EDIT",
            Self::WebhooksView => "WEBHOOKS:VIEW",
            Self::WebhooksManage => "WEBHOOKS:MANAGE",
            Self::SessionsView => "SESSIONS:VIEW",
            Self::SessionsAdd => "SESSIONS:ADD",
            Self::SessionsEdit => "SESSIONS:EDIT",
            Self::DocumentsView => "DOCUMENTS:VIEW",
            Self::CredentialsManage => "CREDENTIALS:MANAGE",
            Self::SandboxManage => "SANDBOX:MANAGE",
            Self::AuditView => "AUDIT:VIEW",
        }
    }

    /// What it lets a caller do, in a line.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Self::UsersView => "read users: ids, number, status, tags and times",
            Self::UsersPersonal => "read what says who a user is: names, birth, nationality, phone, e-mail",
            Self::IdentificationsView => "read identifications and their levels",
            Self::UsersEdit => "make users, change what is known of them, and deactivate them",
            Self::UsersErase => "erase users, hold them back from erasure, and say how long records are kept",
            Self::IdentificationsEdit => "begin identifications, report how their levels stand, and end them",
            Self::IdentificationsManage => {
                "say how long levels are valid, and end the validity of many at once"
            }
            Self::CredentialsManage => "read, make and revoke credentials that may do no more than the own",
            Self::SandboxManage => "in Sandbox projects: force outcomes, move the clock and run scenarios",
            Self::AuditView => "read who changed what in the project, and when",
            Self::VerificationsView => "read who was granted which verification level, when, why and by whom",
            Self::VerificationsGrant => "grant verification levels to users",
            Self::VerificationsManage => {
                "add levels to the project's ladder of verification levels, and say what is granted by itself"
            }
            Self::IdproofingView => "read proofing requests",
            Self::IdproofingAdd => "begin proofing requests",
            Self::IdproofingEdit => "upload images to proofing requests and complete them",
            Self::ResultsView => "read verification results, with what they release",
            Self::ResultsAdd => "begin verifications for relying parties",
            Self::ResultsEdit => "record how verifications ended",
            Self::WebhooksView => "read which endpoints are told what happens, and what became of it",
            Self::WebhooksManage => {
                "add, change, remove and probe endpoints, and have events delivered once more"
            }
            Self::SessionsView => {
                "read verification sessions: of whom, where they stand, what is to be captured"
            }
            Self::SessionsAdd => "begin verification sessions, and with them users that are not there yet",
            Self::SessionsEdit => "submit documents and their images to verification sessions, and end them",
            Self::DocumentsView => {
                "read documents: what was read out of them, their images, and where users were seen"
            }
        }
    }

    /// Whether it can be held by a credential that is limited to users with certain tags. Events and the audit tell of
    /// all users, so what lets a caller have them told, or read them, cannot.
    #[must_use]
    pub const fn goes_with_tag_limits(self) -> bool {
        !matches!(
            self,
            Self::WebhooksView
                | Self::WebhooksManage
                | Self::CredentialsManage
                | Self::SandboxManage
                | Self::AuditView
        )
    }

    /// The permission of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permission| permission.name() == name)
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permissions(u64);

impl Permissions {
    /// Every permission there is.
    #[must_use]
    pub fn all() -> Self {
        Permission::ALL.into_iter().collect()
    }

    /// Whether a permission is in the set.
    #[must_use]
    pub const fn holds(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u8) != 0
    }

    /// The set as bits, one for each permission. They mean something in this process only.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// What is in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The permissions in the set, in the order of [`Permission::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.holds(*permission))
    }

    /// What a credential holds: what it was given, as far as that goes with its tag limits.
    #[must_use]
    pub fn of(credential: &credential::Model) -> Self {
        let given = Self::named(credential.permissions.0.iter().map(String::as_str));
        let is_limited = credential.tag_limits.is_some();
        given.iter().filter(|permission| !is_limited || permission.goes_with_tag_limits()).collect()
    }

    /// Their names. A name from the database that this build does not know grants nothing.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().filter_map(Permission::named).collect()
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().fold(0, |set, permission| set | 1 << permission as u8))
    }
}

/// As OAuth writes a scope: names with spaces between.
impl fmt::Display for Permissions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Permission::name).collect();
        f.write_str(&names.join(" "))
    }
}

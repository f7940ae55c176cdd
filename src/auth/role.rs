//! The permissions of roles. Those of built-in roles are defined here, so that they include the permissions of
//! later releases.

use entity::{membership, project::Mode, role};

use super::{Permission, Permissions};

/// Permissions that only those of an owner include.
const OF_OWNERS: [Permission; 2] = [Permission::ProjectManage, Permission::DataExport];

/// Returns the permissions of a built-in role in a project of this mode.
#[must_use]
pub fn built_in(role: role::BuiltIn, mode: Mode) -> Permissions {
    use Permission as P;

    let owner = || P::ALL.iter().copied().filter(|permission| *permission != P::UsersMasked);
    let admin = || owner().filter(|permission| !OF_OWNERS.contains(permission));
    match role {
        role::BuiltIn::Owner => owner().collect(),
        role::BuiltIn::Admin => admin().collect(),
        role::BuiltIn::Reviewer => [
            P::UsersView,
            P::UsersPersonal,
            P::IdentificationsView,
            P::IdentificationsEdit,
            P::VerificationsView,
            P::VerificationsGrant,
            P::IdproofingView,
            P::IdproofingEdit,
            P::SessionsView,
            P::SessionsEdit,
            P::DocumentsView,
            P::ResultsView,
        ]
        .into_iter()
        .collect(),
        role::BuiltIn::Support => [
            P::UsersView,
            P::UsersMasked,
            P::IdentificationsView,
            P::VerificationsView,
            P::IdproofingView,
            P::SessionsView,
        ]
        .into_iter()
        .collect(),
        // The users of a sandbox project are test data.
        role::BuiltIn::Developer if mode == Mode::Sandbox => {
            admin().filter(|permission| *permission != P::MembersManage).collect()
        }
        role::BuiltIn::Developer => [
            P::UsersView,
            P::IdentificationsView,
            P::VerificationsView,
            P::IdproofingView,
            P::SessionsView,
            P::WebhooksView,
            P::WebhooksManage,
            P::CredentialsManage,
        ]
        .into_iter()
        .collect(),
        role::BuiltIn::Auditor => [
            P::UsersView,
            P::IdentificationsView,
            P::VerificationsView,
            P::IdproofingView,
            P::SessionsView,
            P::WebhooksView,
            P::MembersView,
            P::AuditView,
        ]
        .into_iter()
        .collect(),
    }
}

/// Returns the permissions of a role in a project of this mode.
#[must_use]
pub fn permissions(role: &role::Model, mode: Mode) -> Permissions {
    let held = match (role.built_in, &role.permissions) {
        (Some(role), _) => built_in(role, mode),
        (None, Some(names)) => Permissions::named(names.0.iter().map(String::as_str)),
        (None, None) => Permissions::default(),
    };
    if !role.is_masked {
        return held;
    }
    let hidden = [Permission::UsersPersonal, Permission::DocumentsView];
    held.iter().filter(|permission| !hidden.contains(permission)).chain([Permission::UsersMasked]).collect()
}

/// Returns the permissions of a membership with this role, without those that its tag limits exclude.
#[must_use]
pub fn permissions_of(membership: &membership::Model, role: &role::Model, mode: Mode) -> Permissions {
    let is_limited = membership.tag_limits.is_some();
    let held = permissions(role, mode);
    held.iter().filter(|permission| !is_limited || permission.goes_with_tag_limits()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_reads_masked_data_only_and_auditors_change_nothing() {
        let support = built_in(role::BuiltIn::Support, Mode::Sandbox);
        assert!(support.holds(Permission::UsersMasked) && !support.holds(Permission::UsersPersonal));
        let auditor = built_in(role::BuiltIn::Auditor, Mode::Live);
        assert!(auditor.iter().all(|permission| permission.name().ends_with(":VIEW")));
    }

    #[test]
    fn a_developer_of_a_live_project_sees_no_personal_data() {
        let developer = built_in(role::BuiltIn::Developer, Mode::Live);
        for hidden in [Permission::UsersPersonal, Permission::DocumentsView, Permission::AuditView] {
            assert!(!developer.holds(hidden));
        }
        assert!(built_in(role::BuiltIn::Developer, Mode::Sandbox).holds(Permission::SandboxManage));
    }
}

use strum::{EnumIter, IntoEnumIterator, IntoStaticStr};

use crate::event::Kind;

/// An audited action on an object. The names are part of the contract: entries store them and auditors search
/// for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, IntoStaticStr)]
#[strum(const_into_str)]
pub enum Action {
    /// An action that is also emitted as an event, under the event's name.
    #[strum(disabled)]
    Told(Kind),
    #[strum(serialize = "Credential.Created")]
    CredentialCreated,
    #[strum(serialize = "Credential.Changed")]
    CredentialChanged,
    #[strum(serialize = "Credential.Revoked")]
    CredentialRevoked,
    #[strum(serialize = "VerificationLevel.Created")]
    VerificationLevelCreated,
    #[strum(serialize = "GrantPolicy.Set")]
    GrantPolicySet,
    #[strum(serialize = "LevelValidity.Set")]
    LevelValiditySet,
    #[strum(serialize = "RetentionPolicy.Set")]
    RetentionPolicySet,
    #[strum(serialize = "WebhookSubscription.Added")]
    WebhookSubscriptionAdded,
    #[strum(serialize = "WebhookSubscription.Updated")]
    WebhookSubscriptionUpdated,
    #[strum(serialize = "WebhookSubscription.Removed")]
    WebhookSubscriptionRemoved,
    #[strum(serialize = "WebhookEvent.Replayed")]
    WebhookEventReplayed,
    #[strum(serialize = "SandboxClock.Advanced")]
    SandboxClockAdvanced,
    #[strum(serialize = "Data.Erased")]
    DataErased,
    #[strum(serialize = "Records.Imported")]
    RecordsImported,
    #[strum(serialize = "Membership.Added")]
    MembershipAdded,
    #[strum(serialize = "Membership.Changed")]
    MembershipChanged,
    #[strum(serialize = "Membership.Ended")]
    MembershipEnded,
    #[strum(serialize = "Membership.Suspended")]
    MembershipSuspended,
    #[strum(serialize = "Membership.Resumed")]
    MembershipResumed,
    #[strum(serialize = "Role.Created")]
    RoleCreated,
    #[strum(serialize = "Role.Changed")]
    RoleChanged,
    #[strum(serialize = "Role.Deleted")]
    RoleDeleted,
    #[strum(serialize = "Member.Invited")]
    MemberInvited,
    #[strum(serialize = "Invitation.Revoked")]
    InvitationRevoked,
    #[strum(serialize = "Member.Erased")]
    MemberErased,
    #[strum(serialize = "Member.SignedIn")]
    MemberSignedIn,
    #[strum(serialize = "Member.SignInRefused")]
    MemberSignInRefused,
    #[strum(serialize = "Member.SignedOut")]
    MemberSignedOut,
    #[strum(serialize = "Member.Reauthenticated")]
    MemberReauthenticated,
    #[strum(serialize = "Member.RecoveryCodeUsed")]
    MemberRecoveryCodeUsed,
    #[strum(serialize = "Member.MethodsChanged")]
    MemberMethodsChanged,
    #[strum(serialize = "Member.PasskeyAdded")]
    MemberPasskeyAdded,
    #[strum(serialize = "Member.PasskeyRemoved")]
    MemberPasskeyRemoved,
    #[strum(serialize = "Group.Mapped")]
    GroupMapped,
    #[strum(serialize = "Group.Unmapped")]
    GroupUnmapped,
    #[strum(serialize = "User.Viewed")]
    UserViewed,
    #[strum(serialize = "Users.Searched")]
    UsersSearched,
    #[strum(serialize = "DocumentImage.Viewed")]
    DocumentImageViewed,
    #[strum(serialize = "ProjectSettings.Set")]
    ProjectSettingsSet,
    #[strum(serialize = "NameSearch.Set")]
    NameSearchSet,
    #[strum(serialize = "Project.Exported")]
    ProjectExported,
    #[strum(serialize = "SavedView.Saved")]
    SavedViewSaved,
    #[strum(serialize = "SavedView.Deleted")]
    SavedViewDeleted,
}

impl Action {
    /// Returns every action.
    pub fn all() -> impl Iterator<Item = Self> {
        Kind::ALL.iter().copied().map(Self::Told).chain(Self::iter())
    }

    /// Returns the stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Told(kind) => kind.name(),
            other => other.into_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_actions_have_one_name() {
        let names: HashSet<_> = Action::all().map(Action::name).collect();
        assert_eq!(names.len(), Action::all().count());
    }
}

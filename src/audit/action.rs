use crate::event::Kind;

/// An audited action on an object. The names are part of the contract: entries store them and auditors search
/// for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// An action that is also emitted as an event, under the event's name.
    Told(Kind),
    CredentialCreated,
    CredentialChanged,
    CredentialRevoked,
    VerificationLevelCreated,
    GrantPolicySet,
    LevelValiditySet,
    RetentionPolicySet,
    WebhookSubscriptionAdded,
    WebhookSubscriptionUpdated,
    WebhookSubscriptionRemoved,
    WebhookEventReplayed,
    SandboxClockAdvanced,
    DataErased,
    RecordsImported,
}

impl Action {
    /// The actions that emit no event.
    const UNTOLD: [Self; 14] = [
        Self::CredentialCreated,
        Self::CredentialChanged,
        Self::CredentialRevoked,
        Self::VerificationLevelCreated,
        Self::GrantPolicySet,
        Self::LevelValiditySet,
        Self::RetentionPolicySet,
        Self::WebhookSubscriptionAdded,
        Self::WebhookSubscriptionUpdated,
        Self::WebhookSubscriptionRemoved,
        Self::WebhookEventReplayed,
        Self::SandboxClockAdvanced,
        Self::DataErased,
        Self::RecordsImported,
    ];

    /// Returns every action.
    pub fn all() -> impl Iterator<Item = Self> {
        Kind::ALL.into_iter().map(Self::Told).chain(Self::UNTOLD)
    }

    /// Returns the stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Told(kind) => kind.name(),
            Self::CredentialCreated => "Credential.Created",
            Self::CredentialChanged => "Credential.Changed",
            Self::CredentialRevoked => "Credential.Revoked",
            Self::VerificationLevelCreated => "VerificationLevel.Created",
            Self::GrantPolicySet => "GrantPolicy.Set",
            Self::LevelValiditySet => "LevelValidity.Set",
            Self::RetentionPolicySet => "RetentionPolicy.Set",
            Self::WebhookSubscriptionAdded => "WebhookSubscription.Added",
            Self::WebhookSubscriptionUpdated => "WebhookSubscription.Updated",
            Self::WebhookSubscriptionRemoved => "WebhookSubscription.Removed",
            Self::WebhookEventReplayed => "WebhookEvent.Replayed",
            Self::SandboxClockAdvanced => "SandboxClock.Advanced",
            Self::DataErased => "Data.Erased",
            Self::RecordsImported => "Records.Imported",
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

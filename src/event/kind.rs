use std::fmt;

use entity::webhook_subscription::BodyKind;

use crate::auth::Permission;

/// The type of an event. The names are part of the contract: subscriptions store them and receivers switch on
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    UserCreated,
    UserUpdated,
    UserErased,
    IdentificationCreated,
    IdentificationUpdated,
    ProofingRequestCreated,
    ProofingRequestUpdated,
    VerificationGranted,
    VerificationSessionCreated,
    VerificationSessionUpdated,
    VerificationSessionCompleted,
    VerificationResultStarted,
    VerificationResultSucceeded,
    VerificationResultFailed,
    WebhookProbe,
}

impl Kind {
    /// Every event type.
    pub const ALL: [Self; 15] = [
        Self::UserCreated,
        Self::UserUpdated,
        Self::UserErased,
        Self::IdentificationCreated,
        Self::IdentificationUpdated,
        Self::ProofingRequestCreated,
        Self::ProofingRequestUpdated,
        Self::VerificationGranted,
        Self::VerificationSessionCreated,
        Self::VerificationSessionUpdated,
        Self::VerificationSessionCompleted,
        Self::VerificationResultStarted,
        Self::VerificationResultSucceeded,
        Self::VerificationResultFailed,
        Self::WebhookProbe,
    ];

    /// Returns the stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserCreated => "User.Created",
            Self::UserUpdated => "User.Updated",
            Self::UserErased => "User.Erased",
            Self::IdentificationCreated => "Identification.Created",
            Self::IdentificationUpdated => "Identification.Updated",
            Self::ProofingRequestCreated => "ProofingRequest.Created",
            Self::ProofingRequestUpdated => "ProofingRequest.Updated",
            Self::VerificationGranted => "Verification.Granted",
            Self::VerificationSessionCreated => "VerificationSession.Created",
            Self::VerificationSessionUpdated => "VerificationSession.Updated",
            Self::VerificationSessionCompleted => "VerificationSession.Completed",
            Self::VerificationResultStarted => "VerificationResult.Started",
            Self::VerificationResultSucceeded => "VerificationResult.Succeeded",
            Self::VerificationResultFailed => "VerificationResult.Failed",
            Self::WebhookProbe => "Webhook.Probe",
        }
    }

    /// Returns the event type with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns whether a subscription can request it. Probes are sent to one endpoint on request, and to no
    /// other.
    #[must_use]
    pub const fn can_be_subscribed(self) -> bool {
        !matches!(self, Self::WebhookProbe)
    }

    /// Returns the permission that a subscriber needs: the one for reading the event's object.
    #[must_use]
    pub const fn needs(self) -> Option<Permission> {
        match self {
            Self::UserCreated | Self::UserUpdated | Self::UserErased => Some(Permission::UsersView),
            Self::IdentificationCreated | Self::IdentificationUpdated => {
                Some(Permission::IdentificationsView)
            }
            Self::ProofingRequestCreated | Self::ProofingRequestUpdated => Some(Permission::IdproofingView),
            Self::VerificationGranted => Some(Permission::VerificationsView),
            Self::VerificationSessionCreated
            | Self::VerificationSessionUpdated
            | Self::VerificationSessionCompleted => Some(Permission::SessionsView),
            Self::VerificationResultStarted
            | Self::VerificationResultSucceeded
            | Self::VerificationResultFailed => Some(Permission::ResultsView),
            // Sent to one endpoint on request, and to no other.
            Self::WebhookProbe => None,
        }
    }

    /// Returns the bodies that can carry it: the thin one carries every event, the other two those of their
    /// own objects.
    #[must_use]
    pub const fn bodies(self) -> &'static [BodyKind] {
        match self {
            Self::VerificationSessionCreated
            | Self::VerificationSessionUpdated
            | Self::VerificationSessionCompleted => &[BodyKind::Event, BodyKind::Session],
            Self::VerificationResultStarted
            | Self::VerificationResultSucceeded
            | Self::VerificationResultFailed => &[BodyKind::Event, BodyKind::Result],
            Self::UserCreated
            | Self::UserUpdated
            | Self::UserErased
            | Self::IdentificationCreated
            | Self::IdentificationUpdated
            | Self::ProofingRequestCreated
            | Self::ProofingRequestUpdated
            | Self::VerificationGranted
            | Self::WebhookProbe => &[BodyKind::Event],
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_kind_is_found_by_its_name_and_no_two_share_one() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.name()), Some(kind));
        }
        assert_eq!(Kind::ALL.map(Kind::name).into_iter().collect::<BTreeSet<_>>().len(), Kind::ALL.len());
        assert_eq!(Kind::named("*"), None);
    }
}

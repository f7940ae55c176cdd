use std::fmt;

use entity::webhook_subscription::BodyKind;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::auth::Permission;

/// The type of an event. The names are part of the contract: subscriptions store them and receivers switch on
/// them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(const_into_str)]
pub enum Kind {
    #[strum(serialize = "User.Created")]
    UserCreated,
    #[strum(serialize = "User.Updated")]
    UserUpdated,
    #[strum(serialize = "User.Erased")]
    UserErased,
    #[strum(serialize = "Identification.Created")]
    IdentificationCreated,
    #[strum(serialize = "Identification.Updated")]
    IdentificationUpdated,
    #[strum(serialize = "ProofingRequest.Created")]
    ProofingRequestCreated,
    #[strum(serialize = "ProofingRequest.Updated")]
    ProofingRequestUpdated,
    #[strum(serialize = "Verification.Granted")]
    VerificationGranted,
    #[strum(serialize = "VerificationSession.Created")]
    VerificationSessionCreated,
    #[strum(serialize = "VerificationSession.Updated")]
    VerificationSessionUpdated,
    #[strum(serialize = "VerificationSession.Completed")]
    VerificationSessionCompleted,
    #[strum(serialize = "VerificationResult.Started")]
    VerificationResultStarted,
    #[strum(serialize = "VerificationResult.Succeeded")]
    VerificationResultSucceeded,
    #[strum(serialize = "VerificationResult.Failed")]
    VerificationResultFailed,
    #[strum(serialize = "Webhook.Probe")]
    WebhookProbe,
}

impl Kind {
    /// Every event type.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// Returns the stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.into_str()
    }

    /// Returns the event type with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok()
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
        for kind in Kind::ALL.iter().copied() {
            assert_eq!(Kind::named(kind.name()), Some(kind));
        }
        assert_eq!(Kind::ALL.iter().map(|kind| kind.name()).collect::<BTreeSet<_>>().len(), Kind::ALL.len());
        assert_eq!(Kind::named("*"), None);
    }
}

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use uuid::Uuid;

/// Seconds for which a delivery that a process may not send is left to others that may: processes can differ in
/// `webhooks.allow_private`. After that it counts as failed.
pub const LEFT_TO_OTHERS: i64 = 60 * 60;
/// How long a process leaves an endpoint alone that it may not send to.
const LEFT_ALONE: Duration = Duration::from_mins(10);

/// Subscriptions to endpoints that this process may not send to. It leaves them alone for a while, so that a process that
/// may send to them finds their deliveries.
#[derive(Clone, Debug, Default)]
pub struct SkippedSubscriptions(Arc<Mutex<HashMap<Uuid, Instant>>>);

impl SkippedSubscriptions {
    /// Leaves a subscription alone from now on.
    pub fn add(&self, subscription: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(subscription, Instant::now());
        tracing::warn!(%subscription, "left webhooks to processes with webhooks.allow_private, which is off here");
    }

    /// Whether a subscription is left alone now.
    #[must_use]
    pub fn has(&self, subscription: Uuid) -> bool {
        let mut left = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        left.retain(|_, since| since.elapsed() < LEFT_ALONE);
        left.contains_key(&subscription)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscription_that_is_left_alone_is_the_only_one() {
        let left = SkippedSubscriptions::default();
        let [one, other] = [1, 2].map(Uuid::from_u128);
        assert!(!left.has(one));
        left.add(one);
        assert!(left.has(one) && !left.has(other));
    }
}

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use uuid::Uuid;

/// Seconds for which a forbidden delivery is left to other processes, which may have another
/// `webhooks.allow_private`. After that it counts as failed.
pub const LEFT_TO_OTHERS: i64 = 60 * 60;
/// How long a process skips an endpoint that it may not send to.
const LEFT_ALONE: Duration = Duration::from_mins(10);

/// Subscriptions to endpoints that this process may not send to. It skips them for a while, so that a process
/// that may send to them claims their deliveries.
#[derive(Clone, Debug, Default)]
pub struct SkippedSubscriptions(Arc<Mutex<HashMap<Uuid, Instant>>>);

impl SkippedSubscriptions {
    /// Skips a subscription from now on.
    pub fn add(&self, subscription: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(subscription, Instant::now());
        tracing::warn!(%subscription, "skipped webhooks to a private address: webhooks.allow_private is off");
    }

    /// Returns whether a subscription is skipped now.
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
    fn only_the_skipped_subscription_is_left_out() {
        let left = SkippedSubscriptions::default();
        let [one, other] = [1, 2].map(Uuid::from_u128);
        assert!(!left.has(one));
        left.add(one);
        assert!(left.has(one) && !left.has(other));
    }
}

//! Retry schedule of deliveries, and when an endpoint is paused. Nothing here reads a clock.

use entity::{Timestamp, webhook_subscription::Status};

/// Seconds from each attempt to the next. The first attempt is attempts at once.
///
/// Source: the retry schedule of Standard Webhooks' reference implementation, lengthened to three days.
pub const RETRIES: [i64; 10] =
    [0, 5, 5 * 60, 30 * 60, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/// Number of consecutive failures after which deliveries to an endpoint go out one at a time.
pub const OPEN_AFTER: i32 = 5;
/// Seconds without a success after which an endpoint counts as broken.
pub const BROKEN_AFTER: i64 = 5 * 24 * HOUR;
/// The HTTP status of an endpoint that wants no more deliveries.
pub const GONE: u16 = 410;

const HOUR: i64 = 60 * 60;
/// Seconds between two attempts at a failing endpoint: the first, and the longest.
const PAUSE: (i64, i64) = (60, 5 * 60);

/// Returns when the next attempt is due after `attempts`; `None` after the last. `jitter` is any number: it
/// shifts the delay by up to a tenth in either direction, so that deliveries that failed together are not
/// retried together.
#[must_use]
pub fn next_attempt(attempts: i32, now: Timestamp, jitter: u16) -> Option<Timestamp> {
    let delay = *RETRIES.get(usize::try_from(attempts).ok()?)?;
    let spread = delay * 1000 / 10;
    let shift = spread * 2 * i64::from(jitter) / (i64::from(u16::MAX) + 1) - spread;
    Some(Timestamp(now.0 + delay * 1000 + shift))
}

/// The health of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndpointHealth {
    pub status: Status,
    pub failures: i32,
    pub failing_since: Option<Timestamp>,
    pub paused_until: Option<Timestamp>,
}

impl EndpointHealth {
    /// Returns the health after one more failure.
    #[must_use]
    pub fn after_failure(self, now: Timestamp, code: Option<u16>) -> Self {
        let failures = self.failures.saturating_add(1);
        let since = self.failing_since.unwrap_or(now);
        let is_broken = code == Some(GONE) || now >= since.plus_seconds(BROKEN_AFTER);
        let status = if is_broken && self.status == Status::Active { Status::Broken } else { self.status };
        let pause = u32::try_from(failures - OPEN_AFTER).ok();
        let pause = pause.map(|more| (PAUSE.0 << more.min(8)).min(PAUSE.1));
        let paused_until = pause.map(|seconds| now.plus_seconds(seconds));
        Self { status, failures, failing_since: Some(since), paused_until }
    }

    /// Returns whether deliveries go out one at a time.
    #[must_use]
    pub const fn is_open(self) -> bool {
        self.failures >= OPEN_AFTER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000_000_000);
    const WELL: EndpointHealth =
        EndpointHealth { status: Status::Active, failures: 0, failing_since: None, paused_until: None };

    #[test]
    fn attempts_follow_the_schedule_within_a_tenth_and_end() {
        for (attempts, delay) in (0..).zip(RETRIES) {
            let at = |jitter| next_attempt(attempts, NOW, jitter).unwrap().0 - NOW.0;
            assert_eq!(at(0), delay * 900);
            assert!((delay * 1100 - at(u16::MAX)).abs() <= delay);
            assert_eq!(at(u16::MAX / 2 + 1), delay * 1000, "half of all numbers is on time");
        }
        assert_eq!(next_attempt(10, NOW, 0), None);
        assert_eq!(next_attempt(-1, NOW, 0), None);
    }

    #[test]
    fn after_five_failures_one_delivery_at_a_time_is_sent_with_growing_delays() {
        let mut health = WELL;
        let mut pauses = Vec::new();
        for _ in 0..9 {
            assert_eq!(health.is_open(), health.failures >= 5);
            health = health.after_failure(NOW, Some(500));
            pauses.push(health.paused_until.map(|until| (until.0 - NOW.0) / 1000));
        }
        assert_eq!(pauses[..4], [None; 4]);
        assert_eq!(pauses[4..], [60, 120, 240, 300, 300].map(Some));
        assert!(EndpointHealth { failures: i32::MAX, ..WELL }.after_failure(NOW, None).is_open());
    }

    #[test]
    fn five_days_without_a_success_break_an_endpoint() {
        let first = WELL.after_failure(NOW, None);
        let last = Timestamp(NOW.0 + 5 * 24 * 3600 * 1000);
        assert_eq!(first.after_failure(Timestamp(last.0 - 1), Some(500)).status, Status::Active);
        assert_eq!(first.after_failure(last, Some(500)).status, Status::Broken);
        assert_eq!(WELL.after_failure(NOW, Some(GONE)).status, Status::Broken);
        let disabled = EndpointHealth { status: Status::Disabled, ..WELL };
        assert_eq!(disabled.after_failure(NOW, Some(GONE)).status, Status::Disabled);
    }
}

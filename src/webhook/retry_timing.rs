use std::time::{Duration, Instant};

use super::sender::TIMEOUT;

/// How exactly retries follow their schedule, and how long the worker waits for endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryTiming {
    /// With jitter, so that deliveries that failed together are not retried together.
    Spread,
    /// To the second, so that advancing a clock is reproducible; used while a request waits.
    Exact(EndpointTimeouts),
}

/// Time limits for endpoints while a request waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndpointTimeouts {
    /// For one delivery. It is constant, so that the result for a slow endpoint does not depend on the time
    /// left.
    each: Duration,
    /// No delivery starts that could finish after this time.
    until: Instant,
}

impl EndpointTimeouts {
    /// Returns the limits for a request that started at `started` with a time limit in `seconds`. A fifth of it
    /// is reserved for the response.
    #[must_use]
    pub fn of_request(started: Instant, seconds: u64) -> Self {
        let whole = Duration::from_secs(seconds);
        Self { each: whole / 5, until: started + whole * 4 / 5 }
    }

    /// Returns whether no time is left to send a message and wait for its response.
    #[must_use]
    pub fn is_up(&self) -> bool {
        Instant::now() + self.each > self.until
    }
}

impl RetryTiming {
    /// Returns how long to wait for the response to a delivery.
    pub(super) const fn timeout(self) -> Duration {
        match self {
            Self::Spread => TIMEOUT,
            Self::Exact(EndpointTimeouts { each, .. }) => each,
        }
    }

    /// Returns whether no other delivery may start.
    pub(super) fn is_up(self) -> bool {
        match self {
            Self::Spread => false,
            Self::Exact(bounds) => bounds.is_up(),
        }
    }

    pub(super) fn jitter(self) -> u16 {
        match self {
            Self::Exact(_) => u16::MAX / 2 + 1,
            Self::Spread => {
                let mut bytes = [0; 2];
                // Without randomness, the delay is the shortest possible.
                let _ = crate::crypto::provider::fill(&mut bytes);
                u16::from_ne_bytes(bytes)
            }
        }
    }
}

use std::time::{Duration, Instant};

use super::sender::TIMEOUT;

/// How exactly the table of retries is followed, and how long endpoints are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryTiming {
    /// A little earlier or later, so that not all come back at once.
    Spread,
    /// To the second, so that the same happens whenever a clock is moved in the same way; and while somebody waits for it.
    Exact(EndpointTimeouts),
}

/// How long endpoints are waited for while somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndpointTimeouts {
    /// For one delivery: always as long, so that it does not depend on the time of day whether a slow endpoint fails.
    each: Duration,
    /// Nothing is sent that could end later.
    until: Instant,
}

impl EndpointTimeouts {
    /// What fits into a request that began then and may take so long. A fifth of it is left to say what came of it.
    #[must_use]
    pub fn of_request(begun: Instant, seconds: u64) -> Self {
        let whole = Duration::from_secs(seconds);
        Self { each: whole / 5, until: begun + whole * 4 / 5 }
    }

    /// Whether there is no time left to send something and wait for the answer.
    #[must_use]
    pub fn is_up(&self) -> bool {
        Instant::now() + self.each > self.until
    }
}

impl RetryTiming {
    /// How long the answer to a delivery is waited for.
    pub(super) const fn patience(self) -> Duration {
        match self {
            Self::Spread => TIMEOUT,
            Self::Exact(EndpointTimeouts { each, .. }) => each,
        }
    }

    /// Whether no other delivery is to be begun.
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
                // Without randomness the delay is the shortest.
                let _ = crate::crypto::provider::fill(&mut bytes);
                u16::from_ne_bytes(bytes)
            }
        }
    }
}

//! Time, and the ids that contain it. No other module reads the machine's clock.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use entity::Timestamp;
use uuid::{Builder, Uuid};

/// The latest time that a clock may have, 9999-12-31T23:59:59.999Z: RFC 3339 has no form for later years.
pub const LAST: Timestamp = Timestamp(253_402_300_799_999);

/// The current time of a request. Sandbox projects and tests can set theirs.
#[derive(Clone)]
pub struct Clock {
    source: Source,
    /// Milliseconds ahead of the source, if adjustable: shared by all clocks of a project.
    ahead: Option<Arc<AtomicI64>>,
}

#[derive(Clone)]
enum Source {
    Machine,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn machine() -> Self {
        Self { source: Source::Machine, ahead: None }
    }

    /// A clock that shows a fixed time until [`Clock::set`] changes it.
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self { source: Source::Set(Arc::new(AtomicI64::new(at.0))), ahead: None }
    }

    /// The same clock, ahead of its source by the shared number of milliseconds.
    #[must_use]
    pub fn ahead_by(&self, milliseconds: &Arc<AtomicI64>) -> Self {
        Self { source: self.source.clone(), ahead: Some(milliseconds.clone()) }
    }

    /// Milliseconds ahead of the source.
    #[must_use]
    pub fn ahead(&self) -> i64 {
        self.ahead.as_ref().map_or(0, |ahead| ahead.load(Ordering::Relaxed))
    }

    /// Sets a fixed clock. Has no effect on the machine's clock.
    pub fn set(&self, at: Timestamp) {
        if let Source::Set(now) = &self.source {
            now.store(at.0, Ordering::Relaxed);
        }
    }

    /// The current time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp(self.source_now().0.saturating_add(self.ahead()))
    }

    /// The current time of the source: real time, regardless of how far the project's clock is ahead.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    pub fn source_now(&self) -> Timestamp {
        Timestamp(match &self.source {
            Source::Machine => chrono::Utc::now().timestamp_millis(),
            Source::Set(now) => now.load(Ordering::Relaxed),
        })
    }

    /// A new id: a version 7 UUID, so ids of later rows sort later.
    ///
    /// # Panics
    ///
    /// If the operating system cannot provide randomness.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        new_id_at(self.now())
    }
}

/// A new id of a row whose time is also stored: [`time_of_id`] returns that time.
///
/// # Panics
///
/// If the operating system cannot provide randomness.
#[must_use]
pub fn new_id_at(at: Timestamp) -> Uuid {
    let mut random = [0; 10];
    crate::crypto::provider::fill(&mut random).expect("the operating system gives randomness");
    id_at(at, random)
}

/// The time in a version 7 UUID; `None` for other UUIDs.
#[must_use]
pub fn time_of_id(id: Uuid) -> Option<Timestamp> {
    let milliseconds = i64::try_from(id.as_u128() >> 80).ok()?;
    (id.get_version_num() == 7).then_some(Timestamp(milliseconds))
}

/// The version 7 UUID of a time and ten random bytes.
#[must_use]
pub fn id_at(at: Timestamp, random: [u8; 10]) -> Uuid {
    Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or_default(), &random).into_uuid()
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({:?})", self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_contains_its_time() {
        for at in [0, 1, 1_767_225_600_999, LAST.0] {
            assert_eq!(time_of_id(new_id_at(Timestamp(at))), Some(Timestamp(at)));
        }
        assert_eq!(time_of_id(Uuid::nil()), None);
        assert_eq!(time_of_id(Uuid::from_u128(0x0190_a1b2_c3d4_4e5f_8a9b_0c1d_2e3f_4a5b)), None);
    }
}

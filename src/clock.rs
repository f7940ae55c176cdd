//! The time, and the ids that carry it. Nothing else in this project reads the clock of the machine.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use entity::Timestamp;
use uuid::{Builder, Uuid};

/// The last moment that a clock may show, 9999-12-31T23:59:59.999Z: later years have no form in RFC 3339.
pub const LAST: Timestamp = Timestamp(253_402_300_799_999);

/// Tells a request what time it is. Sandbox projects and tests set theirs.
#[derive(Clone)]
pub struct Clock {
    source: Source,
    /// Milliseconds by which it is ahead of its source, if it can be: shared by all that tell the time of one project.
    ahead: Option<Arc<AtomicI64>>,
}

#[derive(Clone)]
enum Source {
    Machine,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The clock of the machine.
    #[must_use]
    pub const fn machine() -> Self {
        Self { source: Source::Machine, ahead: None }
    }

    /// A clock that stands at a moment until [`Clock::set`] moves it.
    #[must_use]
    pub fn fixed(at: Timestamp) -> Self {
        Self { source: Source::Set(Arc::new(AtomicI64::new(at.0))), ahead: None }
    }

    /// The same clock, but as many milliseconds ahead of its source as that says at any time.
    #[must_use]
    pub fn ahead_by(&self, milliseconds: &Arc<AtomicI64>) -> Self {
        Self { source: self.source.clone(), ahead: Some(milliseconds.clone()) }
    }

    /// Milliseconds by which it is ahead of its source.
    #[must_use]
    pub fn ahead(&self) -> i64 {
        self.ahead.as_ref().map_or(0, |ahead| ahead.load(Ordering::Relaxed))
    }

    /// Moves a fixed clock. The clock of the machine stays as it is.
    pub fn set(&self, at: Timestamp) {
        if let Source::Set(now) = &self.source {
            now.store(at.0, Ordering::Relaxed);
        }
    }

    /// This moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        Timestamp(self.source_now().0.saturating_add(self.ahead()))
    }

    /// This moment at its source: in the world outside, however far a project's clock is ahead.
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
    /// When the operating system has no randomness to give.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        let mut random = [0; 10];
        crate::crypto::provider::fill(&mut random).expect("the operating system gives randomness");
        id_at(self.now(), random)
    }
}

/// The version 7 UUID of a moment and ten random bytes.
#[must_use]
pub fn id_at(at: Timestamp, random: [u8; 10]) -> Uuid {
    Builder::from_unix_timestamp_millis(u64::try_from(at.0).unwrap_or_default(), &random).into_uuid()
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({:?})", self.now())
    }
}

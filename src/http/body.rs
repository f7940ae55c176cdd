//! Limits of request bodies: the bytes held in memory at once, and the uploads running at once.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::StatusCode,
    response::Response,
};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use super::{
    count::{CountPermit, Counts},
    error_format::{ErrorFormats, RejectedRequest},
    reply::RequestId,
};
use crate::{Code, blob::Purpose, config::Limits};

/// Bytes of each body that are free of the budget, so that ordinary requests succeed while others have used
/// it up. The number of connections bounds these bytes.
const UNCOUNTED: u64 = 16 * 1024;
/// Concurrent uploads with one signed URL: a retry waits until the first attempt has ended.
const UPLOADS_PER_TICKET: u64 = 1;

/// The limits of bodies being received.
#[derive(Clone, Debug)]
pub struct Bodies {
    limits: Arc<Limits>,
    held: Arc<AtomicU64>,
    tickets: Counts<(Uuid, Purpose)>,
    projects: Counts<Uuid>,
}

/// A received body, and its share of the budget until it is dropped.
#[derive(Debug)]
pub struct ReceivedBody {
    pub bytes: Bytes,
    pub held: HeldBytes,
}

/// A share of the budget of body bytes. Dropping it releases the bytes.
#[derive(Debug)]
pub struct HeldBytes {
    of: Arc<AtomicU64>,
    bytes: u64,
}

/// Why a body was rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyError {
    TooLarge,
    /// The budget of all bodies is used up.
    NoRoom,
    BrokenOff,
    TooSlow,
}

/// The permits of an upload, held from before its body is read until its work is done.
#[derive(Debug)]
pub struct UploadPermit {
    _ticket: Option<CountPermit<(Uuid, Purpose)>>,
    _project: CountPermit<Uuid>,
}

impl Bodies {
    /// Creates the limits from the settings.
    #[must_use]
    pub fn new(limits: Arc<Limits>) -> Self {
        Self { limits, held: Arc::default(), tickets: Counts::default(), projects: Counts::default() }
    }

    /// Reads a body of at most `size` bytes before the deadline.
    ///
    /// # Errors
    ///
    /// [`BodyError`], which names the limit.
    pub async fn receive(
        &self,
        mut body: Body,
        size: u64,
        deadline: Instant,
    ) -> Result<ReceivedBody, BodyError> {
        let mut held = HeldBytes { of: self.held.clone(), bytes: 0 };
        let mut received = 0;
        let mut parts: Vec<Bytes> = Vec::new();
        loop {
            let frame = match timeout_at(deadline, body.frame()).await {
                Ok(Some(Ok(frame))) => frame,
                Ok(Some(Err(_))) => return Err(BodyError::BrokenOff),
                Ok(None) => break,
                Err(_) => return Err(BodyError::TooSlow),
            };
            let Ok(data) = frame.into_data() else { continue };
            received += data.len() as u64;
            if received > size {
                return Err(BodyError::TooLarge);
            }
            held.grow_to(received.saturating_sub(UNCOUNTED), self.limits.bodies)?;
            parts.push(data);
        }
        let bytes = match parts.len() {
            0 | 1 => parts.pop().unwrap_or_default(),
            _ => parts.concat().into(),
        };
        Ok(ReceivedBody { bytes, held })
    }

    /// Acquires the permits of an upload for its project, and for its signed URL if it has one. The request
    /// carries them.
    ///
    /// # Errors
    ///
    /// The rejection, while the limit of uploads is reached.
    // The error is a response, which every caller returns unchanged.
    #[expect(clippy::result_large_err, reason = "the error is the response")]
    pub fn begin_upload(
        &self,
        request: &mut Request,
        id: &RequestId,
        project: Uuid,
        ticket: Option<Purpose>,
        formats: ErrorFormats,
    ) -> Result<(), Response> {
        let refuse = |message: &str| {
            let (status, code) = (StatusCode::SERVICE_UNAVAILABLE, Code::Overloaded);
            RejectedRequest { status, code, message, id: &id.0, path: request.uri().path() }.answer(formats)
        };
        let ticket = match ticket {
            None => None,
            Some(purpose) => {
                let permit = self.tickets.acquire((project, purpose), UPLOADS_PER_TICKET);
                Some(permit.ok_or_else(|| {
                    refuse("another upload to this URL is in progress: wait until it has ended")
                })?)
            }
        };
        let limit = self.limits.uploads_per_project;
        let project = self.projects.acquire(project, limit).ok_or_else(|| {
            refuse(&format!(
                "too many concurrent image uploads of this project: the limit is {limit} (`limits.uploads_per_project`)"
            ))
        })?;
        request.extensions_mut().insert(Arc::new(UploadPermit { _ticket: ticket, _project: project }));
        Ok(())
    }
}

impl HeldBytes {
    fn grow_to(&mut self, bytes: u64, limit: u64) -> Result<(), BodyError> {
        let more = bytes.saturating_sub(self.bytes);
        if more == 0 {
            return Ok(());
        }
        let held = self.of.fetch_add(more, Ordering::Relaxed);
        // Count the bytes even if they do not fit: dropping this value releases them.
        self.bytes = bytes;
        if held + more > limit { Err(BodyError::NoRoom) } else { Ok(()) }
    }
}

impl Drop for HeldBytes {
    fn drop(&mut self) {
        self.of.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn bodies(limit: u64) -> Bodies {
        Bodies::new(Arc::new(Limits { bodies: limit, ..Limits::default() }))
    }

    async fn receive(bodies: &Bodies, size: usize) -> Result<ReceivedBody, BodyError> {
        let deadline = Instant::now() + Duration::from_secs(1);
        bodies.receive(Body::from(vec![7; size]), 1_000_000, deadline).await
    }

    #[tokio::test]
    async fn bodies_share_a_budget_until_they_are_dropped() {
        let bodies = bodies(200_000);
        let first = receive(&bodies, 150_000).await.unwrap();
        assert_eq!(receive(&bodies, 100_000).await.unwrap_err(), BodyError::NoRoom);
        // The rejected body released its bytes.
        let second = receive(&bodies, 60_000).await.unwrap();
        assert_eq!((first.bytes.len(), second.bytes.len()), (150_000, 60_000));
        drop((first, second));
        assert_eq!(bodies.held.load(Ordering::Relaxed), 0);
        assert!(receive(&bodies, 200_000).await.is_ok());
    }

    #[tokio::test]
    async fn ordinary_requests_are_accepted_while_the_budget_is_used_up() {
        let bodies = bodies(100_000);
        let _all = receive(&bodies, 116_000).await.unwrap();
        assert_eq!(receive(&bodies, 17_000).await.unwrap_err(), BodyError::NoRoom);
        assert!(receive(&bodies, 16 * 1024).await.is_ok());
    }

    #[tokio::test]
    async fn a_body_over_its_size_is_rejected() {
        let deadline = Instant::now() + Duration::from_secs(1);
        let received = bodies(100).receive(Body::from("12345"), 4, deadline).await;
        assert_eq!(received.unwrap_err(), BodyError::TooLarge);
    }
}

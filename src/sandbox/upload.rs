//! Scenarios that are uploaded in place of an image. Sandbox projects accept one wherever they accept an image.
//!
//! Scenarios use every concept, so that no concept can use them: the server passes the implementation in
//! [`crate::services::Services::uploads`].

use std::fmt::Debug;

use entity::{document, proofing_request};
use futures_util::future::BoxFuture;

use crate::{Result, blob::Picture, clock::Clock, crypto::DataKey, db::Store, proofing::checks::Side};

/// An upload, and where its picture is checked.
#[derive(Clone, Copy, Debug)]
pub struct UploadedBytes<'a> {
    pub store: &'a Store,
    pub bytes: &'a [u8],
    /// Maximum number of pixels of an image.
    pub max_pixels: u64,
}

/// The result of reading an upload as a scenario.
#[derive(Debug)]
pub enum ScenarioUpload<T> {
    /// The upload is not text, or the project is not a Sandbox: it has to be an image.
    NotAScenario,
    Rejected(UploadRejection),
    /// The scenario was applied. The picture is stored in place of an image.
    Applied(Picture, T),
}

/// The reason why an uploaded scenario was rejected.
#[derive(Debug)]
pub struct UploadRejection {
    pub message: String,
    /// Line and column of a syntax error, from 1.
    pub position: Option<(u64, u64)>,
}

/// Applies uploaded scenarios.
pub trait ScenarioUploads: Debug + Send + Sync {
    /// Stores the outcome that the scenario defines for a proofing request. Returns whether the image of this side shows
    /// a known document.
    fn proofing<'a>(
        &'a self,
        upload: UploadedBytes<'a>,
        row: &'a proofing_request::Model,
        side: Side,
    ) -> BoxFuture<'a, Result<ScenarioUpload<bool>>>;

    /// Stores the fields that the scenario defines for a document.
    fn document<'a>(
        &'a self,
        upload: UploadedBytes<'a>,
        clock: &'a Clock,
        key: &'a DataKey,
        row: &'a document::Model,
    ) -> BoxFuture<'a, Result<ScenarioUpload<()>>>;
}

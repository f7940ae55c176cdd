use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::Timestamp;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::crypto::RootKey;

/// The purpose and expiry of a signed URL. A client with the URL needs no token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub project: Uuid,
    pub good_for: Purpose,
    /// Seconds since the Unix epoch.
    pub expires: i64,
}

/// The one operation that a ticket allows. The image kinds are those of the rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Uploads one side of the document of a proofing request.
    Proofing {
        request: Uuid,
        /// 0 for the front, 1 for the back.
        side: u8,
        /// Whether the image shows a known document, if the client that requested the URL said so.
        classified: Option<bool>,
    },
    /// Uploads an image of a session's document.
    Document { document: Uuid, kind: String },
    /// Downloads an image, once.
    Image {
        /// Id under which a used ticket is stored.
        ticket: Uuid,
        image: Uuid,
        is_thumbnail: bool,
    },
    /// Downloads an image of a proofing request, once.
    ProofingImage {
        /// Id under which a used ticket is stored.
        ticket: Uuid,
        request: Uuid,
        /// 0 for the front, 1 for the back.
        side: u8,
    },
}

/// Reason why a signed URL is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketError {
    Forged,
    Expired,
}

impl Ticket {
    /// Lifetime of an upload URL, in seconds.
    pub const LIFE: i64 = 5 * 60;
    /// Lifetime of a download URL, in seconds.
    pub const DOWNLOAD_LIFE: i64 = 60;

    /// Encodes and signs the ticket for a URL.
    #[must_use]
    pub fn sign(&self, root: &RootKey) -> String {
        let body = BASE64_URL_SAFE_NO_PAD.encode(serde_json::json!(self).to_string());
        let signature = BASE64_URL_SAFE_NO_PAD.encode(root.sign_ticket(&body));
        format!("{body}.{signature}")
    }

    /// Verifies and decodes the ticket of a URL.
    ///
    /// # Errors
    ///
    /// When this server did not sign the ticket, or the ticket has expired.
    pub fn read(token: &str, root: &RootKey, now: Timestamp) -> Result<Self, TicketError> {
        let (body, signature) = token.split_once('.').ok_or(TicketError::Forged)?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| TicketError::Forged)?;
        if !bool::from(root.sign_ticket(body).ct_eq(&signature)) {
            return Err(TicketError::Forged);
        }
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(body).map_err(|_| TicketError::Forged)?;
        let ticket: Self = serde_json::from_slice(&bytes).map_err(|_| TicketError::Forged)?;
        if now.seconds() >= ticket.expires { Err(TicketError::Expired) } else { Ok(ticket) }
    }
}

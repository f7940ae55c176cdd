use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use entity::Timestamp;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::crypto::RootKey;

/// What a signed address is good for, and until when. Whoever has it needs no token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub project: Uuid,
    pub good_for: Purpose,
    /// Seconds since the epoch.
    pub expires: i64,
}

/// What a ticket opens: nothing but this. The kinds of images are those that their rows are of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To upload one side of the document of a proofing request.
    Proofing {
        request: Uuid,
        /// 0 for the front, 1 for the back.
        side: u8,
        /// Whether the image shows a known document, where whoever asked for the address said so.
        classified: Option<bool>,
    },
    /// To upload an image of a document of a session.
    Document { document: Uuid, kind: String },
    /// To download an image, once.
    Image {
        /// What is remembered of a ticket that was used.
        ticket: Uuid,
        image: Uuid,
        is_thumbnail: bool,
    },
}

/// Why a signed address is no good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketError {
    Forged,
    Expired,
}

impl Ticket {
    /// Seconds that an address to upload to is good for.
    pub const LIFE: i64 = 5 * 60;
    /// Seconds that an address to download from is good for.
    pub const DOWNLOAD_LIFE: i64 = 60;

    /// The ticket as an address has it.
    #[must_use]
    pub fn sign(&self, root: &RootKey) -> String {
        let body = BASE64_URL_SAFE_NO_PAD.encode(serde_json::json!(self).to_string());
        let signature = BASE64_URL_SAFE_NO_PAD.encode(root.sign_ticket(&body));
        format!("{body}.{signature}")
    }

    /// The ticket of an address.
    ///
    /// # Errors
    ///
    /// When this server did not sign it, or its time is over.
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

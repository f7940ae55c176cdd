//! The lines of an export: one typed object per record, with all its stored data.

mod captured;
mod identification;
mod ladder;
mod proofing;
mod result;
mod user;

use std::borrow::Borrow;

use serde::{Deserialize, Serialize};

pub use captured::{Document, Image, Session};
pub use identification::{Identification, LevelChange, LevelState, Levels, Origin};
pub use ladder::{Level, Verification};
pub use proofing::Proofing;
pub use result::VerificationResult;
pub use user::User;

/// One record of a project. References contain the `id` in the referenced record's line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Record {
    VerificationLevel(Level),
    User(Box<User>),
    Identification(Box<Identification>),
    ProofingRequest(Box<Proofing>),
    Verification(Verification),
    Session(Session),
    Document(Box<Document>),
    Image(Box<Image>),
    Result(Box<VerificationResult>),
}

impl Record {
    /// The record's type, and its unique name within the type.
    #[must_use]
    pub fn key(&self) -> (&'static str, String) {
        match self {
            Self::VerificationLevel(it) => ("verificationLevel", it.number.to_string()),
            Self::User(it) => ("user", it.id.clone()),
            Self::Identification(it) => ("identification", it.id.clone()),
            Self::ProofingRequest(it) => ("proofingRequest", it.id.clone()),
            Self::Verification(it) => ("verification", it.number.to_string()),
            Self::Session(it) => ("session", it.id.clone()),
            Self::Document(it) => ("document", it.id.clone()),
            Self::Image(it) => ("image", it.id.clone()),
            Self::Result(it) => ("result", it.id.clone()),
        }
    }

    /// The name of the user that the record is or belongs to.
    #[must_use]
    pub fn user(&self) -> Option<&str> {
        match self {
            Self::VerificationLevel(_) => None,
            Self::User(it) => Some(&it.id),
            Self::Identification(it) => Some(&it.user),
            Self::ProofingRequest(it) => it.user.as_deref(),
            Self::Verification(it) => Some(&it.user),
            Self::Session(it) => Some(&it.user),
            Self::Document(it) => Some(&it.user),
            Self::Image(it) => Some(&it.user),
            Self::Result(it) => Some(&it.user),
        }
    }
}

/// A type of records.
pub trait RecordType: Sized {
    /// Returns the record if it has this type.
    fn pick(record: &Record) -> Option<&Self>;
}

macro_rules! sorts {
    ($($variant:ident($sort:ident))*) => {$(
        impl RecordType for $sort {
            fn pick(record: &Record) -> Option<&Self> {
                let Record::$variant(it) = record else { return None };
                Some(it.borrow())
            }
        }
    )*};
}

sorts! {
    VerificationLevel(Level) User(User) Identification(Identification) ProofingRequest(Proofing)
    Verification(Verification) Session(Session) Document(Document) Image(Image) Result(VerificationResult)
}

//! The images of a response, in base64, as in the API's document.

use std::fmt::Write;

use entity::document_image::Kind;
use ring::digest::{SHA256, digest as hash};
use sea_orm::ActiveEnum;
use serde_json::{Map, Value};

use crate::transfer::{
    Record,
    format::Named,
    record::{Document, Image},
};

const KEYS: [(&str, Kind); 5] = [
    ("front", Kind::Front),
    ("back", Kind::Back),
    ("photo", Kind::Photo),
    ("frontCropped", Kind::FrontCropped),
    ("backCropped", Kind::BackCropped),
];

/// Removes the images from a document and returns them.
pub fn take(document: &mut Map<String, Value>, at: &str, notes: &mut Vec<String>) -> Vec<(Kind, String)> {
    let image = |(key, kind)| Some((kind, data(document.remove(key), &format!("{at}.{key}"), notes)?));
    KEYS.into_iter().filter_map(image).collect()
}

/// An image in the response, if any. An empty string means no image. A note is added for any other value that
/// is not an image and is skipped.
pub fn data(value: Option<Value>, at: &str, notes: &mut Vec<String>) -> Option<String> {
    let text = match value {
        None | Some(Value::Null) => return None,
        Some(Value::String(text)) => text,
        Some(_) => {
            notes.push(format!("`{at}`: is not a string: the image is not imported"));
            return None;
        }
    };
    // The file may contain the image as a data URL.
    let mut data = match text.split_once(";base64,") {
        Some((head, data)) if head.starts_with("data:") => data.to_owned(),
        Some(_) | None => text,
    };
    // Some base64 encoders break lines.
    data.retain(|letter| !letter.is_ascii_whitespace());
    if data.is_empty() {
        return None;
    }
    if data.contains("://") {
        notes.push(format!("`{at}`: is a URL, and URLs are not fetched: the image is not imported"));
        return None;
    }
    if !is_base64(&data) {
        notes.push(format!("`{at}`: is not base64: the image is not imported"));
        return None;
    }
    Some(data)
}

/// Checks only the characters. Whether they decode to whole bytes is checked when the image is stored.
fn is_base64(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// An image of a document, or of the face captured with it. The API gives images no ids, so the id is derived
/// from the document and the image.
pub fn of(document: &Document, kind: Kind, data: String) -> Record {
    image(format!("{}/{}/{}", document.id, kind.to_value(), digest(&data)), &document.user, kind, data)
        .with(Some(document.id.clone()), None)
}

/// The face of a session's user; without a session, that of the latest one.
pub fn of_session(user: &str, session: Option<String>, data: String) -> Record {
    let of = session.as_deref().unwrap_or(user);
    image(format!("{of}/{}", digest(&data)), user, Kind::Selfie, data).with(None, session)
}

fn image(id: String, user: &str, kind: Kind, data: String) -> Image {
    let (user, kind) = (user.to_owned(), Named(kind));
    Image { id, user, document: None, session: None, kind, uploaded_at: None, data }
}

impl Image {
    fn with(self, document: Option<String>, session: Option<String>) -> Record {
        Record::Image(Box::new(Self { document, session, ..self }))
    }
}

/// A digest that distinguishes texts.
pub fn digest(text: &str) -> String {
    hash(&SHA256, text.as_bytes()).as_ref().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

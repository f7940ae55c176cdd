//! The images of an answer: in base64, as the API's document has them.

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

/// Takes the images out of a document.
pub fn take(document: &mut Map<String, Value>, at: &str, notes: &mut Vec<String>) -> Vec<(Kind, String)> {
    let image = |(key, kind)| Some((kind, data(document.remove(key), &format!("{at}.{key}"), notes)?));
    KEYS.into_iter().filter_map(image).collect()
}

/// An image, if it is in the answer. An empty text stands for none; of everything else that is no image it is noted that it
/// was left out.
pub fn data(value: Option<Value>, at: &str, notes: &mut Vec<String>) -> Option<String> {
    let text = match value {
        None | Some(Value::Null) => return None,
        Some(Value::String(text)) => text,
        Some(_) => {
            notes.push(format!("`{at}`: is no text, so no image is imported"));
            return None;
        }
    };
    // Whoever saved it may have saved it as pages show it.
    let mut data = match text.split_once(";base64,") {
        Some((head, data)) if head.starts_with("data:") => data.to_owned(),
        Some(_) | None => text,
    };
    // Some who write base64 break its lines.
    data.retain(|letter| !letter.is_ascii_whitespace());
    if data.is_empty() {
        return None;
    }
    if data.contains("://") {
        notes.push(format!("`{at}`: is an address, and nothing is fetched: the image is not imported"));
        return None;
    }
    if !is_base64(&data) {
        notes.push(format!("`{at}`: is no base64: no image is imported"));
        return None;
    }
    Some(data)
}

/// By its letters: whether they make whole bytes is seen when it is kept.
fn is_base64(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

/// An image of a document, or of the face that was captured with it. The API gives images no names, so what they are tells
/// them from others.
pub fn of(document: &Document, kind: Kind, data: String) -> Record {
    image(format!("{}/{}/{}", document.id, kind.to_value(), digest(&data)), &document.user, kind, data)
        .with(Some(document.id.clone()), None)
}

/// The face of whoever a session was for; without a session, of the latest one.
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

/// What tells a text from others.
pub fn digest(text: &str) -> String {
    hash(&SHA256, text.as_bytes()).as_ref().iter().fold(String::new(), |mut hex, byte| {
        // A `String` takes everything.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

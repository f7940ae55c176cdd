//! Parses other systems' responses into records. Each file handles one API and only interprets its format.

mod idproofing;
pub mod item;
mod native;
mod results;
mod sessions;
mod swan;
mod verifications;

use serde_json::Value;

use crate::transfer::source::item::{Item, SourceContext, within};

/// The system whose responses are parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Source {
    /// Users with their identifications: responses of the identifications GraphQL API
    Swan,
    /// Proofing requests: `POST /api/web/v1/idproofing`
    Idproofing,
    /// The history of verification levels: `GET /api/v2/verifications`
    Verifications,
    /// Users with their sessions and documents: `GET /v2/users/{refId}`, and with --user its `/documents`
    /// with images
    Sessions,
    /// Verification results: `GET /v1/verification/details/{id}`
    Results,
    /// Exports by `verigraph export`
    Verigraph,
}

impl Source {
    /// The items of a value: of a response, of a list of items or responses, or of one item.
    #[must_use]
    pub fn items(self, value: Value, known: &SourceContext) -> Vec<Item> {
        let mut items = Vec::new();
        self.read(value, known, &mut items);
        items
    }

    fn read(self, value: Value, known: &SourceContext, items: &mut Vec<Item>) {
        match value {
            Value::Array(values) => values.into_iter().for_each(|value| self.read(value, known, items)),
            Value::Object(object) => match self {
                Self::Swan => swan::read(object, known, items),
                Self::Idproofing => match within(object, "results") {
                    Ok(results) => self.read(results, known, items),
                    Err(object) => items.push(idproofing::item(object, known)),
                },
                Self::Verifications => match within(object, "data") {
                    Ok(data) => self.read(data, known, items),
                    Err(object) => items.push(verifications::item(object)),
                },
                Self::Sessions => items.push(sessions::item(object, known)),
                Self::Results => items.push(results::item(object, known)),
                Self::Verigraph => items.push(native::item(object)),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                items
                    .push(Err("is not a JSON object: pass complete API responses or their items".to_owned()));
            }
        }
    }
}

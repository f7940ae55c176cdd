//! Positions as texts that clients send back.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::Value as Json;

use crate::{Cell, Position, SortOrder};

/// A text that is not a cursor, or that is a cursor of another list, order or scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the cursor is not valid for this list and order")]
pub struct InvalidCursor;

impl SortOrder {
    /// Encodes a position as a cursor.
    #[must_use]
    pub fn encode(&self, Position(cells): &Position) -> String {
        let mut json = vec![Json::from(self.tag())];
        json.extend(cells.iter().map(Cell::to_json));
        BASE64_URL_SAFE_NO_PAD.encode(Json::from(json).to_string())
    }

    /// Decodes a cursor.
    ///
    /// # Errors
    ///
    /// If it is not a cursor of this list, order and scope.
    pub fn decode(&self, cursor: &str) -> Result<Position, InvalidCursor> {
        self.parse(cursor).ok_or(InvalidCursor)
    }

    fn parse(&self, cursor: &str) -> Option<Position> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let Json::Array(json) = serde_json::from_slice(&bytes).ok()? else { return None };
        let (tag, values) = json.split_first()?;
        if tag.as_str() != Some(self.tag()) || values.len() != self.columns.len() {
            return None;
        }
        let cells = self.columns.iter().zip(values).map(|(column, value)| column.read(value));
        cells.collect::<Option<_>>().map(Position)
    }
}

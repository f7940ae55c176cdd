use std::{borrow::Cow, ops::Deref};

use async_graphql::{ID, InputType, InputValueResult, Value, registry::Registry};
use uuid::Uuid;

/// An id as an argument or a field of an input, parsed. A malformed id is accepted: it matches no row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdInput {
    text: ID,
    id: Uuid,
}

impl IdInput {
    /// The id; for a malformed one the nil UUID, which no row has.
    #[must_use]
    pub const fn uuid(&self) -> Uuid {
        self.id
    }
}

/// The text that the client sent.
impl Deref for IdInput {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<ID> for IdInput {
    fn from(text: ID) -> Self {
        let id = parse_id(&text);
        Self { text, id }
    }
}

/// Parses an id that a published input declares as a `String`. A malformed id gives the nil UUID, which no row has.
#[must_use]
pub fn parse_id(text: &str) -> Uuid {
    Uuid::try_parse(text).unwrap_or_default()
}

impl InputType for IdInput {
    type RawValueType = ID;

    fn type_name() -> Cow<'static, str> {
        <ID as InputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <ID as InputType>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let id = <ID as InputType>::parse(value).map_err(async_graphql::InputValueError::propagate)?;
        Ok(id.into())
    }

    fn to_value(&self) -> Value {
        self.text.to_value()
    }

    fn as_raw_value(&self) -> Option<&ID> {
        Some(&self.text)
    }
}

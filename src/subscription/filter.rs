use async_graphql::{
    ID, InputType, PathSegment, Positioned, ServerError, ServerResult, Value, Variables,
    parser::types::{Directive, Field, OperationDefinition, Selection},
};
use entity::event;
use uuid::Uuid;

use crate::{
    Error, Result,
    auth::Caller,
    event::{Kind, all_readable, readable},
    schema::POLICY,
};

/// Root fields of subscriptions: the event types that each sends, and the argument that narrows them.
const FIELDS: [(&str, EventKinds, Option<Argument>); 5] = [
    (
        "identificationUpdated",
        EventKinds::These(&[Kind::IdentificationCreated, Kind::IdentificationUpdated]),
        Some(Argument::UserId),
    ),
    (
        "proofingRequestUpdated",
        EventKinds::These(&[Kind::ProofingRequestCreated, Kind::ProofingRequestUpdated]),
        None,
    ),
    ("verificationGranted", EventKinds::These(&[Kind::VerificationGranted]), None),
    (
        "verificationSessionUpdated",
        EventKinds::These(&[
            Kind::VerificationSessionCreated,
            Kind::VerificationSessionUpdated,
            Kind::VerificationSessionCompleted,
        ]),
        None,
    ),
    ("event", EventKinds::Readable, Some(Argument::Types)),
];

/// Event types of a root field.
#[derive(Clone, Copy)]
enum EventKinds {
    These(&'static [Kind]),
    /// Every event type that the caller may receive.
    Readable,
}

/// Argument of a root field.
#[derive(Clone, Copy)]
enum Argument {
    /// Only events about this user.
    UserId,
    /// Only events of these types.
    Types,
}

impl Argument {
    const fn name(self) -> &'static str {
        match self {
            Self::UserId => "userId",
            Self::Types => "types",
        }
    }
}

/// The events that a subscription waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFilter {
    pub kinds: Vec<Kind>,
    /// Only events about this user.
    pub user: Option<Uuid>,
}

impl EventFilter {
    /// Reads the filter from the root field of a valid document, for the caller's current permissions.
    /// `variables` contains the default values of the operation. Nothing runs.
    ///
    /// The guard has rejected documents with several root fields, or with a fragment on the root.
    ///
    /// # Errors
    ///
    /// The error of the root field, as if the field had failed: an invalid argument, or a missing permission.
    pub fn of(operation: &OperationDefinition, variables: &Variables, caller: &Caller) -> ServerResult<Self> {
        let selected = operation.selection_set.node.items.iter().find_map(|item| match &item.node {
            Selection::Field(field) if !is_skipped(&field.node.directives, variables) => Some(field),
            Selection::Field(_) | Selection::FragmentSpread(_) | Selection::InlineFragment(_) => None,
        });
        let Some(field) = selected else {
            let error = Error::BadDocument("the subscription selects no field".to_owned());
            let mut error = async_graphql::Error::from(error).into_server_error(operation.selection_set.pos);
            // An error of the whole request has no location.
            error.locations.clear();
            return Err(error);
        };
        let key = || vec![PathSegment::Field(field.node.response_key().node.to_string())];
        Self::of_field(field, variables, caller).map_err(|error| error.with_path(key()))
    }

    fn of_field(field: &Positioned<Field>, variables: &Variables, caller: &Caller) -> ServerResult<Self> {
        let located = |error: Error| async_graphql::Error::from(error).into_server_error(field.pos);
        let name = field.node.name.node.as_str();
        let Some((_, kinds, argument)) = FIELDS.into_iter().find(|(known, ..)| *known == name) else {
            return Err(located(Error::Fault("a subscription field has no row in the table of filters")));
        };
        let mut user_id: Option<ID> = None;
        let mut types: Option<Vec<String>> = None;
        match argument {
            Some(argument @ Argument::UserId) => user_id = value_of(&field.node, argument, variables)?,
            Some(argument @ Argument::Types) => types = value_of(&field.node, argument, variables)?,
            None => {}
        }
        // A missing permission is reported after an invalid user id and before invalid types.
        let user = user_id.map(|id| Uuid::try_parse(&id)).transpose();
        let user = user.map_err(|_| located(Error::argument("userId", "must be a UUID")))?;
        POLICY.check(caller, "Subscription", name).map_err(located)?;
        let kinds = match kinds {
            EventKinds::These(kinds) => kinds.to_vec(),
            EventKinds::Readable => requested(caller, types).map_err(located)?,
        };
        Ok(Self { kinds, user })
    }

    /// Whether an event matches the filter.
    #[must_use]
    pub fn matches(&self, event: &event::Model) -> bool {
        self.kinds.iter().any(|kind| kind.name() == event.kind)
            && self.user.is_none_or(|user| event.user_id == Some(user))
    }
}

/// Evaluates `@skip` and `@include`, as the executor does.
fn is_skipped(directives: &[Positioned<Directive>], variables: &Variables) -> bool {
    directives.iter().any(|directive| {
        let includes = match directive.node.name.node.as_str() {
            "skip" => false,
            "include" => true,
            _ => return false,
        };
        let condition = directive.node.get_argument("if").map(|condition| {
            let value =
                condition.node.clone().into_const_with(|name| variables.get(&name).cloned().ok_or(()));
            matches!(value, Ok(Value::Boolean(true)))
        });
        condition.is_some_and(|condition| condition != includes)
    })
}

/// Reads an argument from a literal or a variable.
fn value_of<T: InputType>(field: &Field, argument: Argument, variables: &Variables) -> ServerResult<T> {
    let given = field.arguments.iter().find(|(name, _)| name.node.as_str() == argument.name());
    let Some((_, given)) = given else {
        return T::parse(None).map_err(|error| error.into_server_error(field.name.pos));
    };
    let value = given.node.clone().into_const_with(|name| {
        let undefined = || ServerError::new(format!("Variable {name} is not defined."), Some(given.pos));
        variables.get(&name).cloned().ok_or_else(undefined)
    })?;
    T::parse(Some(value)).map_err(|error| error.into_server_error(given.pos))
}

/// Returns the event types with these names, or all that the caller may receive.
fn requested(caller: &Caller, types: Option<Vec<String>>) -> Result<Vec<Kind>> {
    let Some(types) = types else { return all_readable(caller) };
    if types.is_empty() {
        return Err(Error::argument("types", "set at least one event type, or omit `types`"));
    }
    let named = |name: &String| {
        let kind = Kind::named(name).filter(|kind| kind.can_be_subscribed());
        kind.ok_or_else(|| {
            Error::argument("types", format!("unknown event type `{name}`: see `webhookEventTypes`"))
        })
    };
    types.iter().map(|name| readable(caller, named(name)?)).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use async_graphql::parser::{
        parse_schema,
        types::{TypeKind, TypeSystemDefinition},
    };

    use super::*;

    #[test]
    fn every_subscription_field_and_argument_has_a_row() {
        let schema = parse_schema(crate::schema::sdl()).expect("the schema is valid");
        let of_schema = schema.definitions.into_iter().find_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) if ty.node.name.node == "Subscription" => match ty.node.kind {
                TypeKind::Object(object) => Some(object.fields),
                _ => None,
            },
            _ => None,
        });
        let of_schema: BTreeMap<String, Vec<String>> = of_schema
            .expect("the schema has subscriptions")
            .into_iter()
            .map(|field| {
                let arguments =
                    field.node.arguments.iter().map(|argument| argument.node.name.node.to_string());
                (field.node.name.node.to_string(), arguments.collect())
            })
            .collect();
        let of_table: BTreeMap<String, Vec<String>> = FIELDS
            .into_iter()
            .map(|(name, _, argument)| {
                (name.to_owned(), argument.into_iter().map(|argument| argument.name().to_owned()).collect())
            })
            .collect();
        assert_eq!(of_table, of_schema);
    }
}

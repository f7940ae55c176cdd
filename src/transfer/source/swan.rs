//! Responses of the GraphQL API that lists identifications: `{data: {user: {identifications: {edges}}}}`,
//! lists of users with their identifications, and single identifications. A query may have selected few
//! fields: omitted ones are derived where possible.

use chrono::NaiveDate;
use entity::{
    identification::{DocumentType, Process, Reason, Status},
    user,
};
use sea_orm::{ActiveEnum, Iterable};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::item::{Item, SourceContext, inside, shaped};
use crate::{
    identification::rules,
    transfer::{
        Record,
        format::{Moment, Named},
        record::{Identification, LevelState, Levels, Origin, User},
    },
    user::Personal,
    value::date,
};

/// The API's provider name in origins.
const PROVIDER: &str = "swan";

/// Keys in which a response wraps its content.
const WRAPPERS: [&str; 4] = ["data", "user", "users", "node"];

/// Parses a response, a user, or an identification.
pub fn read(mut object: Map<String, Value>, known: &SourceContext, items: &mut Vec<Item>) {
    if object.get("data").is_some_and(Value::is_null) || object.get("user").is_some_and(Value::is_null) {
        items.push(Err("the response has no data: is it an error, or does the user not exist?".to_owned()));
    } else if object.contains_key("process") {
        items.push(node(object, known.user.as_deref(), false));
    } else if object.contains_key("identifications") || is_user(&object) {
        person(object, known, items);
    } else if let Some(inside) = WRAPPERS.iter().find_map(|key| object.remove(*key)) {
        super::Source::Swan.read(inside, known, items);
    } else if let Some(Value::Array(edges)) = object.remove("edges") {
        super::Source::Swan.read(Value::Array(edges), known, items);
    } else {
        let text = "is not a response with users or identifications: an identification has a `process`, a \
            user has `identifications`";
        items.push(Err(text.to_owned()));
    }
}

fn is_user(object: &Map<String, Value>) -> bool {
    ["refId", "firstName", "lastName", "birthDate"].iter().any(|key| object.contains_key(*key))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Person {
    id: Option<String>,
    ref_id: Option<String>,
    status: Option<Value>,
    first_name: Option<String>,
    all_first_names: Option<String>,
    last_name: Option<String>,
    birth_last_name: Option<String>,
    preferred_last_name: Option<String>,
    #[serde(default, deserialize_with = "date::deserialize_option")]
    birth_date: Option<NaiveDate>,
    birth_city: Option<String>,
    #[serde(alias = "birthCountryCode", alias = "birthCountryCCA3")]
    birth_country: Option<String>,
    #[serde(alias = "nationalityCCA3")]
    nationality: Option<String>,
    mobile_phone_number: Option<String>,
    verified_emails: Option<Vec<String>>,
    /// `App` or `Sms`; other values are ignored.
    preferred_notification_channel: Option<Value>,
    tags: Option<Vec<String>>,
    created_at: Option<Moment>,
    updated_at: Option<Moment>,
    joined_at: Option<Moment>,
}

fn person(mut object: Map<String, Value>, known: &SourceContext, items: &mut Vec<Item>) {
    let list = object.remove("identifications");
    let user = match shaped(object).and_then(|person: Person| person.user(known)) {
        Ok(user) => user,
        Err(why) => return items.push(Err(why)),
    };
    let id = user.id.clone();
    items.push(Ok(vec![Record::User(Box::new(user))].into()));
    let edges = match list {
        Some(Value::Object(mut page)) => page.remove("edges").or_else(|| page.remove("nodes")),
        list => list,
    };
    let Some(Value::Array(edges)) = edges else { return };
    for edge in edges {
        let of_edge = match edge {
            Value::Object(mut edge) => match edge.remove("node") {
                Some(Value::Object(node)) => node,
                Some(_) | None => edge,
            },
            _ => Map::new(),
        };
        items.push(node(of_edge, Some(&id), true));
    }
}

impl Person {
    fn user(self, known: &SourceContext) -> Result<User, String> {
        let named = known.user.as_deref().filter(|_| self.id.is_none()).map(User::named);
        let id = self.id.or_else(|| known.user.clone()).or_else(|| self.ref_id.clone());
        let id = id.ok_or("`id` is missing: select it in the query, or name the user with --user")?;
        // A status may be an object with further fields.
        let status = match self.status {
            Some(Value::Object(status)) => status.get("status").cloned(),
            status => status,
        };
        let status = status.as_ref().and_then(Value::as_str).map(str::to_owned);
        let status = status.and_then(|name| user::Status::try_from_value(&name).ok());
        let is_ours =
            |status: &user::Status| matches!(status, user::Status::Active | user::Status::Deactivated);
        Ok(User {
            ref_id: self.ref_id.or(named.and_then(|user| user.ref_id)),
            status: status.filter(is_ours).map(Named),
            personal: Personal {
                first_name: self.first_name,
                all_first_names: self.all_first_names,
                last_name: self.last_name,
                birth_last_name: self.birth_last_name,
                preferred_last_name: self.preferred_last_name,
                birth_date: self.birth_date,
                birth_city: self.birth_city,
                birth_country: self.birth_country,
                nationality: self.nationality,
                mobile_phone_number: self.mobile_phone_number,
                verified_emails: self.verified_emails.unwrap_or_default(),
                preferred_notification_channel: self
                    .preferred_notification_channel
                    .and_then(|channel| serde_json::from_value(channel).ok()),
            },
            tags: self.tags.unwrap_or_default(),
            created_at: self.created_at,
            updated_at: self.updated_at,
            joined_at: self.joined_at,
            ..User::of(&id)
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    id: Option<String>,
    process: Named<Process>,
    status: Option<Named<Status>>,
    levels: Option<Map<String, Value>>,
    created_at: Option<Moment>,
    updated_at: Option<Moment>,
    identity_document_type: Option<Named<DocumentType>>,
    user: Option<UserRef>,
}

#[derive(Deserialize)]
struct UserRef {
    id: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Level {
    #[serde(rename = "__typename")]
    typename: Option<String>,
    status: Option<Named<Status>>,
    reasons: Option<Vec<String>>,
    expired_at: Option<Moment>,
}

fn node(object: Map<String, Value>, user: Option<&str>, is_below: bool) -> Item {
    let node: Node = shaped(object)?;
    let is_asked = user.is_some();
    let user = user.map(str::to_owned).or(node.user.map(|user| user.id));
    let user = user.ok_or("`user` is missing: name the user with --user")?;
    let updated_at = node.updated_at.or(node.created_at);
    let updated_at = updated_at.ok_or("`updatedAt` is missing: select it in the query")?;
    let levels = levels(node.process.0, node.status.map(|it| it.0), node.levels.unwrap_or_default())?;
    // Without an id, the process and the time distinguish it from the user's other identifications.
    let unnamed = || format!("{user}/{}/{updated_at}", node.process.0.to_value());
    let id = node.id.clone().unwrap_or_else(unnamed);
    let source = Origin { provider: PROVIDER.to_owned(), reference: id.clone() };
    let mut records = Vec::new();
    // A single identification brings its user; others are nested in theirs.
    if !is_below {
        let user = if is_asked { User::named(&user) } else { User::of(&user) };
        records.push(Record::User(Box::new(user)));
    }
    let identification = Identification {
        id,
        user,
        process: node.process,
        identity_document_type: node.identity_document_type,
        levels,
        created_at: node.created_at.unwrap_or(updated_at),
        updated_at,
        source: Some(source),
        history: Vec::new(),
    };
    records.push(Record::Identification(Box::new(identification)));
    Ok(records.into())
}

/// The levels as selected by a query's fragments. A level without a matching fragment is `{}`: it gets the
/// identification's status if the process awards it.
fn levels(process: Process, status: Option<Status>, mut given: Map<String, Value>) -> Result<Levels, String> {
    let mut read = Vec::new();
    for name in ["expert", "qes", "pvid"] {
        let level: Level = match given.remove(name) {
            Some(Value::Object(level)) => {
                shaped(level).map_err(|why| inside(&format!("levels.{name}"), &why))?
            }
            Some(Value::Null) | None => Level::default(),
            Some(_) => return Err(format!("`levels.{name}`: is not an object")),
        };
        let said = match (level.status, level.typename.as_deref().and_then(of_typename)) {
            (Some(Named(said)), Some(other)) if said != other => {
                return Err(format!(
                    "`levels.{name}`: its `status` and its `__typename` contradict each other"
                ));
            }
            (said, typename) => said.map(|it| it.0).or(typename),
        };
        let reasons = level.reasons.unwrap_or_default();
        let reasons: Result<Vec<Reason>, String> = reasons.iter().map(|text| reason(name, text)).collect();
        read.push((said, reasons?, level.expired_at));
    }
    let awards = rules::awards(process);
    let reasons = read.iter().map(|(_, reasons, _)| reasons).find(|reasons| !reasons.is_empty()).cloned();
    let mut states = Vec::new();
    for ((name, awarded), (said, own_reasons, expired_at)) in
        ["expert", "qes", "pvid"].into_iter().zip(awards).zip(read)
    {
        let status = match (said, awarded) {
            (Some(said), _) => said,
            (None, false) => Status::NotSupported,
            (None, true) => {
                status.ok_or_else(|| format!("`levels.{name}`: both its status and `status` are missing"))?
            }
        };
        // A fragment without reasons: take those of the first level that has reasons.
        let reasons = if status == Status::Invalid && own_reasons.is_empty() {
            reasons.clone().unwrap_or_default()
        } else {
            own_reasons
        };
        states.push(LevelState { status: Named(status), reasons, expired_at, valid_until: None });
    }
    let derived = rules::status([0, 1, 2].map(|index: usize| states[index].status.0));
    if let Some(status) = status.filter(|status| *status != derived && *status != Status::NotStarted) {
        let (status, derived) = (status.to_value(), derived.to_value());
        return Err(format!("`status` is {status}, but its levels make it {derived}"));
    }
    let mut states = states.into_iter();
    match (states.next(), states.next(), states.next()) {
        (Some(expert), Some(qes), Some(pvid)) => Ok(Levels { expert, qes, pvid }),
        _ => Err("`levels` is missing".to_owned()),
    }
}

fn of_typename(name: &str) -> Option<Status> {
    let name = name.strip_suffix("IdentificationLevelStatusInfo")?;
    Status::iter().find(|status| status.to_value() == name)
}

fn reason(level: &str, text: &str) -> Result<Reason, String> {
    // The document's sample payload spells this reason differently from its text and the published list.
    let text = if text == "BadDocumentLightning" { "BadDocumentLighting" } else { text };
    serde_json::from_value(Value::from(text))
        .map_err(|_| format!("`levels.{level}.reasons`: `{text}` is not a known reason"))
}

//! `GET /v2/users/{refId}` and `GET /v2/users/{refId}/documents` of the user verification API. It returns a
//! user's latest session and the ids of all sessions. Data of other sessions is only in responses that were
//! saved while they were the latest.

mod images;

use entity::{
    document,
    document_image::Kind,
    verification_session::{Status, Step},
};
use sea_orm::{ActiveEnum, Iterable};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Map, Value};

use super::item::{Item, ParsedItem, SourceContext, inside, shaped};
use crate::{
    document::{Fields, kind},
    session::rules,
    transfer::{
        Record,
        format::{Day, Moment, Named},
        record::{Document, Session, User},
    },
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SessionsResponse {
    #[serde(rename = "_id")]
    id: Option<String>,
    ref_id: String,
    status: Named<Status>,
    created_at: Moment,
    updated_at: Moment,
    flow_id: Option<String>,
    session_id: Option<String>,
    /// Ids of all sessions of the user. The response has further data of only one.
    #[serde(default)]
    sessions: Vec<String>,
    #[serde(default)]
    metadata: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Captured {
    #[serde(deserialize_with = "step")]
    step_id: Step,
    #[serde(rename = "type")]
    kind: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    full_name: Option<String>,
    date_of_birth: Option<Day>,
    place_of_birth: Option<String>,
    sex: Option<String>,
    #[serde(alias = "address")]
    address1: Option<String>,
    id_number: Option<String>,
    #[serde(alias = "issueDate")]
    date_of_issue: Option<Day>,
    date_of_expiration: Option<Day>,
    #[serde(alias = "issuerName")]
    issuing_authority: Option<String>,
    mrz_line1: Option<String>,
    mrz_line2: Option<String>,
    mrz_line3: Option<String>,
    doc_types: Option<Vec<String>>,
    match_level: Option<i32>,
}

fn step<'de, D: Deserializer<'de>>(from: D) -> Result<Step, D::Error> {
    let text = String::deserialize(from)?;
    // The API's document spells the step of a license in two ways.
    let name = if text == "DRIVER_LICENSE" { "DRIVING_LICENSE" } else { text.as_str() };
    Step::iter().find(|step| step.to_value() == name).ok_or_else(|| {
        let known: Vec<String> = Step::iter().map(|step| step.to_value()).collect();
        D::Error::custom(format!("`{text}` is not one of {}", known.join(", ")))
    })
}

/// A document of a response, with its images.
struct Illustrated {
    captured: Captured,
    images: Vec<(Kind, String)>,
    /// Distinguishes the document from others of the same user and step.
    digest: String,
}

/// Parses a user with its session and documents; or only documents, of the user that was named.
pub fn item(mut object: Map<String, Value>, known: &SourceContext) -> Item {
    let mut said = ParsedItem::default();
    let documents = documents(object.remove("documents"), &mut said.notes)?;
    let selfie = images::data(object.remove("selfie"), "selfie", &mut said.notes);
    if object.contains_key("status") || object.contains_key("createdAt") {
        if !object.contains_key("refId") {
            return Err("`refId` is missing".to_owned());
        }
        latest(object, documents.unwrap_or_default(), selfie, &mut said)?;
    } else {
        // A file with several responses has the owner's `refId` added to each.
        let named = object.get("refId").and_then(Value::as_str).or(known.user.as_deref());
        let Some(user) = named else {
            return Err(
                "`refId` is missing: for a response of /documents name the user with --user".to_owned()
            );
        };
        let documents = documents.ok_or("`documents` is missing: is this a response of this API?")?;
        documents_alone(documents, selfie, user, &mut said.records)?;
    }
    Ok(said)
}

fn latest(
    object: Map<String, Value>,
    documents: Vec<Illustrated>,
    selfie: Option<String>,
    said: &mut ParsedItem,
) -> Result<(), String> {
    let answer: SessionsResponse = shaped(object)?;
    if !rules::is_ref_id(&answer.ref_id) {
        return Err("`refId` is empty, too long, or contains a NUL".to_owned());
    }
    let user = User {
        ref_id: Some(answer.ref_id.clone()),
        source_id: answer.id,
        created_at: Some(answer.created_at),
        joined_at: None,
        ..User::of(&answer.ref_id)
    };
    let id = answer.session_id.clone().unwrap_or_else(|| format!("session of {}", answer.ref_id));
    let mut steps: Vec<Step> = documents.iter().map(|document| document.captured.step_id).collect();
    steps.sort_unstable();
    steps.dedup();
    let others =
        answer.sessions.iter().filter(|session| Some(*session) != answer.session_id.as_ref()).count();
    // The response has the user's creation time. Only the first session can have started then.
    let created_at = if others == 0 { answer.created_at } else { answer.updated_at };
    if others > 0 {
        said.notes.push(format!(
            "`sessions`: the response has no data of {others} of them: import responses that were saved \
                while each was the latest"
        ));
    }
    let session = Session {
        id: id.clone(),
        user: user.id.clone(),
        source_id: answer.session_id,
        flow_id: answer.flow_id,
        status: answer.status,
        steps,
        addresses: answer.metadata,
        created_at,
        updated_at: answer.updated_at,
        completed_at: rules::is_closed(answer.status.0).then_some(answer.updated_at),
    };
    said.records.extend([Record::User(Box::new(user)), Record::Session(session)]);
    let mut pictures = Vec::new();
    for Illustrated { captured, images, .. } in documents {
        let step = captured.step_id.to_value();
        let mut document = captured.document(&answer.ref_id, format!("{id}/{step}"))?;
        document.session = Some(id.clone());
        document.created_at = created_at;
        document.updated_at = answer.updated_at;
        pictures.extend(images.into_iter().map(|(kind, data)| images::of(&document, kind, data)));
        said.records.push(Record::Document(Box::new(document)));
    }
    if let Some(data) = selfie {
        pictures.push(images::of_session(&answer.ref_id, Some(id), data));
    }
    said.records.extend(pictures);
    Ok(())
}

/// Parses documents without a session. The response does not name it, so they are matched by their content.
fn documents_alone(
    documents: Vec<Illustrated>,
    selfie: Option<String>,
    user: &str,
    records: &mut Vec<Record>,
) -> Result<(), String> {
    let mut face = selfie;
    for Illustrated { captured, images, digest } in documents {
        let step = captured.step_id.to_value();
        let document = captured.document(user, format!("{user}/{step}/{digest}"))?;
        let face = face.take().map(|data| (Kind::Selfie, data));
        let pictures = images.into_iter().chain(face).map(|(kind, data)| images::of(&document, kind, data));
        let pictures: Vec<Record> = pictures.collect();
        records.push(Record::Document(Box::new(document)));
        records.extend(pictures);
    }
    records.extend(face.map(|data| images::of_session(user, None, data)));
    Ok(())
}

fn documents(list: Option<Value>, notes: &mut Vec<String>) -> Result<Option<Vec<Illustrated>>, String> {
    let documents = match list {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(documents)) => documents,
        Some(_) => return Err("`documents`: is not a list".to_owned()),
    };
    let read = |(index, document)| {
        let at = format!("documents[{index}]");
        let Value::Object(mut document) = document else { return Err(format!("`{at}`: is not an object")) };
        let images = images::take(&mut document, &at, notes);
        let digest = images::digest(&Value::Object(document.clone()).to_string());
        let captured = shaped(document).map_err(|why| inside(&at, &why))?;
        Ok(Illustrated { captured, images, digest })
    };
    documents.into_iter().enumerate().map(read).collect::<Result<Vec<_>, String>>().map(Some)
}

impl Captured {
    fn document(self, user: &str, id: String) -> Result<Document, String> {
        let said = match &self.kind {
            None => None,
            Some(text) => {
                Some(document::Kind::iter().find(|it| kind::label(*it) == text).ok_or_else(|| {
                    let known: Vec<&str> = document::Kind::iter().map(kind::label).collect();
                    format!("`type`: `{text}` is not one of {}", known.join(", "))
                })?)
            }
        };
        let step = self.step_id.to_value();
        let kind = kind::of_step(Some(self.step_id), said)
            .map_err(|_| format!("`type`: a step {step} does not capture such a document"))?;
        let lines = [self.mrz_line1, self.mrz_line2, self.mrz_line3];
        let day = |day: Option<Day>| day.map(|day| day.0);
        let fields = Fields {
            first_name: self.first_name,
            last_name: self.last_name,
            full_name: self.full_name,
            date_of_birth: day(self.date_of_birth),
            place_of_birth: self.place_of_birth,
            sex: self.sex,
            address: self.address1,
            id_number: self.id_number,
            date_of_issue: day(self.date_of_issue),
            date_of_expiration: day(self.date_of_expiration),
            issuer: self.issuing_authority,
            mrz: lines.into_iter().flatten().filter(|line| !line.is_empty()).collect(),
            doc_types: self.doc_types,
        };
        // Documents get the session's times, or none.
        let none = Moment(entity::Timestamp(0));
        Ok(Document {
            id,
            user: user.to_owned(),
            session: None,
            identification: None,
            step: Some(self.step_id),
            kind: kind.map(Named),
            fields,
            match_level: self.match_level,
            created_at: none,
            updated_at: none,
        })
    }
}

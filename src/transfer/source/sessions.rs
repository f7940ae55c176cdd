//! `GET /v2/users/{refId}` and `GET /v2/users/{refId}/documents` of the user verification API.

use entity::{
    document::Kind,
    verification_session::{Status, Step},
};
use sea_orm::{ActiveEnum, Iterable};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::{Map, Value};

use super::{Item, Known, shaped};
use crate::{
    document::{Fields, kind},
    session::rules,
    transfer::{
        Record,
        record::{Document, Session, User},
        wire::{Day, Moment, Named},
    },
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    #[serde(rename = "_id")]
    id: Option<String>,
    ref_id: String,
    status: Named<Status>,
    created_at: Moment,
    updated_at: Moment,
    flow_id: Option<String>,
    session_id: Option<String>,
    #[serde(default)]
    documents: Vec<Captured>,
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
    // The document spells the step of a license in two ways.
    let name = if text == "DRIVER_LICENSE" { "DRIVING_LICENSE" } else { text.as_str() };
    Step::iter().find(|step| step.to_value() == name).ok_or_else(|| {
        let known: Vec<String> = Step::iter().map(|step| step.to_value()).collect();
        D::Error::custom(format!("`{text}` is none of {}", known.join(", ")))
    })
}

/// A user with its session and documents; or documents alone, of the user that was named.
pub fn item(mut object: Map<String, Value>, known: &Known) -> Item {
    if !object.contains_key("refId") {
        let Some(user) = &known.user else {
            return Err(
                "`refId` is missing: for an answer of /documents say with --user whose it is".to_owned()
            );
        };
        return documents_alone(object.remove("documents"), user);
    }
    let answer: Answer = shaped(object)?;
    if !rules::is_ref_id(&answer.ref_id) {
        return Err("`refId` is empty, too long, or has a NUL in it".to_owned());
    }
    let user = User {
        ref_id: Some(answer.ref_id.clone()),
        source_id: answer.id,
        created_at: Some(answer.created_at),
        joined_at: None,
        ..User::of(&answer.ref_id)
    };
    let id = answer.session_id.clone().unwrap_or_else(|| format!("session of {}", answer.ref_id));
    let mut steps: Vec<Step> = answer.documents.iter().map(|document| document.step_id).collect();
    steps.sort_unstable();
    steps.dedup();
    let session = Session {
        id: id.clone(),
        user: user.id.clone(),
        source_id: answer.session_id,
        flow_id: answer.flow_id,
        status: answer.status,
        steps,
        addresses: answer.metadata,
        created_at: answer.created_at,
        updated_at: answer.updated_at,
        completed_at: rules::is_closed(answer.status.0).then_some(answer.updated_at),
    };
    let mut records = vec![Record::User(Box::new(user)), Record::Session(session)];
    for captured in answer.documents {
        let mut document = captured.document(&answer.ref_id)?;
        document.session = Some(id.clone());
        document.created_at = answer.created_at;
        document.updated_at = answer.updated_at;
        records.push(Record::Document(Box::new(document)));
    }
    Ok(records)
}

fn documents_alone(documents: Option<Value>, user: &str) -> Item {
    let Some(Value::Array(documents)) = documents else {
        return Err("`documents` is missing: is it an answer of this API?".to_owned());
    };
    let mut records = Vec::new();
    for (place, document) in documents.into_iter().enumerate() {
        let captured: Captured = match document {
            Value::Object(document) => {
                shaped(document).map_err(|why| format!("`documents[{place}]`: {why}"))?
            }
            _ => return Err(format!("`documents[{place}]`: is no object")),
        };
        records.push(Record::Document(Box::new(captured.document(user)?)));
    }
    Ok(records)
}

impl Captured {
    /// Of a user the latest document of each step is shown, so that is what tells it from others.
    fn document(self, user: &str) -> Result<Document, String> {
        let said = match &self.kind {
            None => None,
            Some(text) => Some(Kind::iter().find(|it| kind::label(*it) == text).ok_or_else(|| {
                let known: Vec<&str> = Kind::iter().map(kind::label).collect();
                format!("`type`: `{text}` is none of {}", known.join(", "))
            })?),
        };
        let step = self.step_id.to_value();
        let kind = kind::of_step(Some(self.step_id), said)
            .map_err(|_| format!("`type`: a step {step} gives no such document"))?;
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
        // Times are the session's, or stay what they are.
        let none = Moment(entity::Timestamp(0));
        Ok(Document {
            id: format!("{user}/{step}"),
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

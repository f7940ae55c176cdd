use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::item::{Item, SourceContext, shaped};
use crate::{
    result::{
        Scope,
        rules::{self, Data},
    },
    transfer::{
        Record,
        format::{Moment, Named},
        record::{User, VerificationResult},
    },
    user::Personal,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    id: Uuid,
    trace_id: Uuid,
    verified_at: Option<i64>,
    status: Named<entity::verification_result::Status>,
    scopes: Vec<String>,
    #[serde(default)]
    data: Option<Data>,
    #[serde(default)]
    correlation_id: Option<String>,
}

/// Parses a result as that API returns it. Only its data can name the user, if they contain the id; otherwise
/// the released data are all that is known of the user.
pub fn item(object: Map<String, Value>, known: &SourceContext) -> Item {
    let body: Body = shaped(object)?;
    if let Some(unknown) = body.scopes.iter().find(|name| Scope::named(name).is_none()) {
        let names = Scope::ALL.iter().map(|known| known.name()).collect::<Vec<_>>().join(", ");
        return Err(format!("`scopes`: `{unknown}` is not one of {names}"));
    }
    let at = match (body.verified_at, body.status.0) {
        (Some(at), _) => Moment(entity::Timestamp(at)),
        (None, _) => return Err("`verifiedAt` is missing: it must be a number of milliseconds".to_owned()),
    };
    let data = body.data.unwrap_or_default();
    let identity = data.identity_id.map(|id| id.to_string());
    let user = match (&known.user, identity) {
        (Some(user), _) => User::named(user),
        (None, Some(user)) => User::of(&user),
        (None, None) => User { created_at: Some(at), ..User::of(&format!("result {}", body.id)) },
    };
    // A number that is not a valid date rejects the whole result.
    let name = data.name.clone().unwrap_or_default();
    let personal = Personal {
        first_name: name.first_name,
        last_name: name.last_name,
        birth_date: data.date_of_birth.and_then(rules::day),
        mobile_phone_number: data.phone.clone(),
        ..Personal::default()
    };
    let result = VerificationResult {
        id: body.id.to_string(),
        user: user.id.clone(),
        integration: known.integration.clone(),
        trace_id: body.trace_id,
        correlation_id: body.correlation_id,
        status: body.status,
        scopes: Some(body.scopes),
        data: Some(data),
        verified_at: Some(at),
        created_at: at,
        updated_at: at,
    };
    let user = User { personal, ..user };
    Ok(vec![Record::User(Box::new(user)), Record::Result(Box::new(result))].into())
}

use axum::{Extension, body::Bytes, extract::State, http::StatusCode, response::Response};
use serde::Deserialize;
use serde_json::json;

use super::{
    TOKEN_LIFE,
    answer::{Refusal, answer, object},
    view,
};
use crate::{
    auth::{Issued, Permissions, credential},
    http::{App, wall::RequestId},
};

/// What `authenticate` takes: client id and secret of a credential, under the names of this API.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pair {
    application_id: String,
    shared_secret: String,
}

/// Exchanges an application id and its secret for an access token.
pub async fn authenticate(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    body: Bytes,
) -> Response {
    let work = async {
        let pair: Pair = object(&body)?;
        let now = app.clock.now();
        let (application, secret) = (&pair.application_id, &pair.shared_secret);
        let row = credential::authenticate(&app.store, &app.root, now, application, secret).await?;
        let row = row.ok_or_else(|| {
            let text = "applicationId and sharedSecret do not match";
            Refusal::new(StatusCode::UNAUTHORIZED, "invalid_credentials", text)
        })?;
        let scope = Permissions::named(row.permissions.0.iter().map(String::as_str));
        let issued = Issued { credential: row.id, scope };
        let token = app.signer.issue(issued, &app.clock, TOKEN_LIFE).await?;
        Ok(json!({
            "authToken": token,
            "creationTime": view::time(now),
            "expirationTime": view::time(now.plus_seconds(TOKEN_LIFE)),
        }))
    };
    answer(&app, &id, work).await
}

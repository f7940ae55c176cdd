//! The verification-history API: `GET /api/v2/verifications` and what is below it. A thin view over the same store,
//! permissions and tag limits that the graph uses.

mod answer;
mod question;

use std::{future::Future, time::Duration};

use axum::{
    Extension, Json, Router,
    extract::{MatchedPath, Path, RawQuery, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::{self, MethodRouter},
};
use serde::Serialize;

use self::{
    answer::{Listed, Refusal, Row, Rung},
    question::{History, number},
};
use super::{history, store};
use crate::{
    Error,
    auth::{Caller, policy},
    http::{App, RequestId, bearer},
};

/// The paths of the API.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v2/verifications", only(routing::get(list)))
        .route("/api/v2/verifications/levels", only(routing::get(levels)))
        .route("/api/v2/verifications/{id}", only(routing::get(one)))
        .route("/v2/verifications/{id}", only(routing::get(one)))
}

fn only(route: MethodRouter<App>) -> MethodRouter<App> {
    route.fallback(async |Extension(id): Extension<RequestId>| Refusal::Method.answer(&id))
}

async fn list(
    State(app): State<App>,
    path: MatchedPath,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    answered(&app, &path, &id, &headers, async |caller| {
        let asked = History::read(query.as_deref().unwrap_or_default())?;
        let (total, rows) = history::page(&app.store, &caller, asked.client, asked.part).await?;
        Ok(Listed { total, data: rows.into_iter().map(Row::from).collect() })
    })
    .await
}

async fn one(
    State(app): State<App>,
    path: MatchedPath,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    Path(wanted): Path<String>,
) -> Response {
    answered(&app, &path, &id, &headers, async |caller| {
        let row = match number("id", &wanted)? {
            Some(number) => history::one(&app.store, &caller, number).await?,
            None => None,
        };
        let row = row.ok_or(Refusal::Unknown("there is no such verification"))?;
        Ok(Listed { total: 1, data: vec![Row::from(row)] })
    })
    .await
}

async fn levels(
    State(app): State<App>,
    path: MatchedPath,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    answered(&app, &path, &id, &headers, async |caller| {
        let data: Vec<_> = store::ladder(&app.store, &caller).await?.into_iter().map(Rung::from).collect();
        Ok(Listed { total: data.len() as u64, data })
    })
    .await
}

/// Lets a caller in, and answers with what it gets or with why not.
async fn answered<T: Serialize, F: Future<Output = Result<T, Refusal>>>(
    app: &App,
    path: &MatchedPath,
    id: &RequestId,
    headers: &HeaderMap,
    work: impl FnOnce(Caller) -> F,
) -> Response {
    let admitted = async {
        let caller = bearer::caller(app, headers, bearer::Form::Named).await?;
        policy::check_route(&caller, "GET", path.as_str())?;
        let _place = app.place_for(&caller)?;
        let seconds = app.limits.query_seconds;
        let answer = tokio::time::timeout(Duration::from_secs(seconds), work(caller)).await;
        answer.unwrap_or(Err(Refusal::Failed(Error::Timeout(seconds))))
    };
    match admitted.await {
        Ok(body) => ([answer::UNSTORED], Json(body)).into_response(),
        Err(refusal) => refusal.answer(id),
    }
}

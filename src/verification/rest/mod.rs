//! The verification-history API: `GET /api/v2/verifications` and the paths below it. A thin view over the
//! store, permissions and tag limits that GraphQL uses.

pub mod answer;
mod params;

use axum::{
    Extension, Router,
    extract::{MatchedPath, RawQuery},
    http::HeaderMap,
    response::Response,
};
use utoipa::OpenApi;

use self::{
    answer::{Body, ListResponse, Row, Rung},
    params::{HistoryParams, number},
};
use super::{history, store};
use crate::http::{
    ApiState,
    path::Segments,
    position::ReadRequest,
    reply::RequestId,
    rest::{self, RestError},
    route,
};

/// The `OpenAPI` description of this API.
#[derive(OpenApi)]
#[openapi(
    paths(list, levels, one, one_by_its_short_path),
    tags((name = "Verification history", description = "Who was granted which verification level, when and why"))
)]
pub struct Api;

/// The routes of this API.
pub fn routes() -> Router<ApiState> {
    Router::new()
        .route("/api/v2/verifications", route::get(list))
        .route("/api/v2/verifications/levels", route::get(levels))
        .route("/api/v2/verifications/{id}", route::get(one))
        .route("/v2/verifications/{id}", route::get(one_by_its_short_path))
}

/// Get verification history
///
/// All operations of granting verification levels to clients. A token that is limited to tags gets only those
/// of clients with one of its tags.
#[utoipa::path(
    get, path = "/api/v2/verifications", tag = "Verification history", operation_id = "listVerifications",
    params(
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 1000, description = "Maximum number of items to return, at most 1000. Default: 10."),
        ("offset" = Option<u32>, Query, description = "Number of items to skip. Default: 0."),
        ("sort_by" = Option<String>, Query, pattern = "^createTime$", description = "Sort field: `createTime`."),
        ("sort_order" = Option<String>, Query, pattern = "^(asc|desc)$", description = "Sort direction. Default: `desc`."),
        ("filter[clientId]" = Option<u32>, Query, description = "Return only items of the client with this number.", example = 222),
    ),
    responses(
        (status = 200, description = "A page of items, and their total number", body = ListResponse<Row>, example = json!({
            "total": 2,
            "data": [
                {
                    "id": 75, "clientId": 222, "currentLevel": { "id": 2, "name": "Level 1" },
                    "previousLevel": { "id": 1, "name": "Level 0" }, "reason": { "name": "Application: 838" },
                    "userId": 1, "createTime": "2022-01-01T00:00:00+00:00",
                },
                {
                    "id": 186, "clientId": 222, "currentLevel": { "id": 1, "name": "Level 0" },
                    "previousLevel": null, "reason": { "name": "created" },
                    "userId": 1, "createTime": "2022-01-01T00:00:00+00:00",
                },
            ],
        })),
        (status = 400, description = "A parameter is invalid", body = Body),
    ),
)]
async fn list(
    reading: ReadRequest,
    path: MatchedPath,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    rest::read::<Body, _, _>(&reading, ("GET", path.as_str()), (&id).into(), &headers, async |app, caller| {
        let params = HistoryParams::read(query.as_deref().unwrap_or_default())?;
        let (total, rows) = history::page(&app.store, &caller, params.client, params.part).await?;
        Ok(ListResponse { total, data: rows.into_iter().map(Row::from).collect() })
    })
    .await
}

/// Get verification details
#[utoipa::path(
    get, path = "/api/v2/verifications/{id}", tag = "Verification history", operation_id = "getVerification",
    params(("id" = i64, Path, description = "Number of the operation", example = 18)),
    responses(
        (status = 200, description = "The operation", body = ListResponse<Row>, example = json!({
            "total": 1,
            "data": [{
                "id": 18, "clientId": 17, "currentLevel": { "id": 1, "name": "Level 0" }, "previousLevel": null,
                "reason": { "name": "created" }, "userId": 11, "createTime": "2022-01-01T00:00:00+00:00",
            }],
        })),
        (status = 400, description = "The id is not a number", body = Body),
        (status = 404, description = "The operation does not exist or is not visible to the token", body = Body),
    ),
)]
async fn one(
    reading: ReadRequest,
    path: MatchedPath,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    Segments(wanted): Segments<String>,
) -> Response {
    rest::read::<Body, _, _>(&reading, ("GET", path.as_str()), (&id).into(), &headers, async |app, caller| {
        let row = match number("id", &wanted)? {
            Some(number) => history::one(&app.store, &caller, number).await?,
            None => None,
        };
        let row = row.ok_or_else(|| RestError::not_found("there is no such verification"))?;
        Ok(ListResponse { total: 1, data: vec![Row::from(row)] })
    })
    .await
}

/// Get verification details, by the other documented path
#[utoipa::path(
    get, path = "/v2/verifications/{id}", tag = "Verification history", operation_id = "getVerificationByItsShortPath",
    params(("id" = i64, Path, description = "Number of the operation", example = 18)),
    responses(
        (status = 200, description = "The operation", body = ListResponse<Row>),
        (status = 400, description = "The id is not a number", body = Body),
        (status = 404, description = "The operation does not exist or is not visible to the token", body = Body),
    ),
)]
async fn one_by_its_short_path(
    reading: ReadRequest,
    path: MatchedPath,
    id: Extension<RequestId>,
    headers: HeaderMap,
    wanted: Segments<String>,
) -> Response {
    one(reading, path, id, headers, wanted).await
}

/// List the verification levels
#[utoipa::path(
    get, path = "/api/v2/verifications/levels", tag = "Verification history", operation_id = "listVerificationLevels",
    responses((status = 200, description = "Every level, lowest first", body = ListResponse<Rung>, example = json!({
        "total": 2,
        "data": [{ "id": 1, "name": "Level 0", "index": 0 }, { "id": 2, "name": "Level 1", "index": 1 }],
    }))),
)]
async fn levels(
    reading: ReadRequest,
    path: MatchedPath,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
) -> Response {
    rest::read::<Body, _, _>(&reading, ("GET", path.as_str()), (&id).into(), &headers, async |app, caller| {
        let data: Vec<_> = store::ladder(&app.store, &caller).await?.into_iter().map(Rung::from).collect();
        Ok(ListResponse { total: data.len() as u64, data })
    })
    .await
}

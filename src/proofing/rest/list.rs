use axum::{
    Extension,
    body::Bytes,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use keyset::{End, Page, PageWindow};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    answer::{self, Body, bad, object},
    cursor::{ListRequest, OrderBy},
    limits::{DEFAULT_LIMIT, MAX_LIMIT},
    path,
    search::{Attribute, Search},
    view,
};
use crate::{
    http::{
        path::Segments,
        position::ReadRequest,
        reply::RequestId,
        rest::{self, RestError},
    },
    proofing::store,
};

/// The body of a list request. All fields are optional.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingSearch)]
pub struct ListBody {
    /// Accepted and ignored: only searches for users use it.
    #[serde(rename = "attributes")]
    _attributes: Option<Vec<String>>,
    /// `nextCursor` or `prevCursor` of another page. Search and order are then ignored.
    cursor: Option<String>,
    /// Maximum number of items to return, at most 100. Default: 100, or with a cursor the limit of its page.
    #[schema(minimum = 1, maximum = 100)]
    limit: Option<i64>,
    // Read only without a cursor; with one, any value is ignored.
    /// Sort order. Default: latest first. Requests without a value come last.
    #[schema(value_type = Option<OrderBy>)]
    order_by_attribute: Option<Value>,
    /// Search conditions, all of which requests must match.
    #[schema(value_type = Option<Vec<Attribute>>, max_items = 100)]
    search_by_attributes: Option<Value>,
}

/// A page of requests.
#[derive(Serialize, ToSchema)]
#[schema(as = IdProofingPage)]
pub struct ListResponse {
    paging: Paging,
    results: Vec<view::Request>,
}

/// The position of the page in its list.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = IdProofingPaging)]
struct Paging {
    /// Maximum number of items in the page.
    #[schema(minimum = 1, maximum = 100)]
    limit: u32,
    /// Cursor of the next page, if any.
    #[schema(required)]
    next_cursor: Option<String>,
    /// Cursor of the previous page, if any.
    #[schema(required)]
    prev_cursor: Option<String>,
}

/// List requests
///
/// A page of the requests that match the search. `requestTime` supports `GREATER_THAN`,
/// `GREATER_THAN_OR_EQUAL`, `LESS_THAN` and `LESS_THAN_OR_EQUAL`, with a UTC time such as
/// `2018-08-04T18:15:30`; `deviceCheckResult`, `state`, `documentAuthenticationResult` and `faceMatch`
/// support `EQUALS`. Other combinations are rejected.
#[utoipa::path(
    post, path = path::LIST, tag = "ID proofing", operation_id = "listIdProofingRequests",
    request_body(content = ListBody, example = json!({
        "limit": 10,
        "orderByAttribute": { "name": "requestTime", "ascending": false },
        "searchByAttributes": [
            { "name": "requestTime", "operator": "GREATER_THAN", "value": "2018-08-04T18:15:30" },
            { "name": "faceMatch", "operator": "EQUALS", "value": "true" },
        ],
    })),
    responses(
        (status = 200, description = "A page", body = ListResponse, example = json!({
            "paging": { "limit": 10, "nextCursor": null, "prevCursor": null },
            "results": [{
                "backImageClassified": null, "backImageUploadTime": null, "deviceCheckResult": "ALLOW",
                "documentAuthenticationResult": "PASSED", "faceMatch": true, "faceMatchScore": 95,
                "frontImageClassified": true, "frontImageUploadTime": "2019-02-19T13:15:40Z",
                "requestId": "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b", "requestTime": "2019-02-19T13:15:27Z",
                "state": "COMPLETE",
            }],
        })),
        (status = 400, description = "The body, the limit, the search, the order or the cursor is invalid", body = Body),
    ),
)]
pub async fn list(
    reading: ReadRequest,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async {
        let admitted = rest::admit::<Body>(reading.primary(), &headers, ("POST", path::LIST)).await?;
        let caller = &admitted.caller;
        let body: ListBody = object(&body)?;
        let given = body.limit.map(limit).transpose()?;
        let project = caller.project_id();
        let listed = match &body.cursor {
            Some(cursor) => ListRequest::at(cursor, project)?,
            None => list_request(body, project)?,
        };
        let limit = given.unwrap_or(listed.limit);
        let listed = ListRequest { limit, ..listed };
        let page = if listed.search.nothing {
            Page::unread()
        } else {
            let app = reading.choose().await;
            let rows = store::filtered(&app.store, caller, &listed.search.filters);
            let window = match listed.from.clone() {
                None => PageWindow::new(limit, End::Front),
                Some((position, end)) => PageWindow::from(limit, end, Some(position)),
            };
            app.store.page(&rows, &listed.order, &window).await?
        };
        let next_cursor =
            page.rows.last().filter(|_| page.has_next).map(|row| listed.cursor(row, End::Front));
        let prev_cursor =
            page.rows.first().filter(|_| page.has_previous).map(|row| listed.cursor(row, End::Back));
        let results = page.rows.iter().map(view::Request::from).collect();
        Ok(ListResponse { paging: Paging { limit, next_cursor, prev_cursor }, results })
    };
    rest::respond::<Body>((&id).into(), rest::timed(reading.primary(), Box::pin(work)).await)
}

fn limit(given: i64) -> Result<u32, RestError> {
    let limit = u32::try_from(given).ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
    limit.ok_or_else(|| {
        let text = format!("the limit must be between 1 and {MAX_LIMIT}");
        bad("invalid_limit", text).with("limit", given)
    })
}

fn list_request(body: ListBody, project: Uuid) -> Result<ListRequest, RestError> {
    let order_by = match body.order_by_attribute.unwrap_or_default() {
        Value::Null => OrderBy::default(),
        order @ Value::Object(_) => OrderBy::deserialize(order).map_err(|error| {
            let text = format!("`orderByAttribute` needs a `name` and `ascending`: {error}");
            bad("invalid_order_by_attribute", text)
        })?,
        _ => {
            let text = "`orderByAttribute` must be an object";
            return Err(bad("invalid_order_by_attribute", text));
        }
    };
    let attributes: Option<Vec<Attribute>> =
        Deserialize::deserialize(body.search_by_attributes.unwrap_or_default()).map_err(|error| {
            let text = format!("each of `searchByAttributes` needs a `name` and an `operator`: {error}");
            bad("invalid_search_attribute", text)
        })?;
    let search = Search::new(attributes.unwrap_or_default())?;
    let order = order_by.ordering(project, &search)?;
    Ok(ListRequest { search, order_by, order, from: None, limit: DEFAULT_LIMIT })
}

/// Get a request
#[utoipa::path(
    get, path = path::ONE, tag = "ID proofing", operation_id = "getIdProofingRequest",
    params(("requestId" = String, Path, format = "uuid", description = "Id of the request")),
    responses(
        (status = 200, description = "The request", body = view::Request),
        (status = 404, description = "The request does not exist or is not visible to the token", body = Body),
    ),
)]
pub async fn one(
    reading: ReadRequest,
    Extension(id): Extension<RequestId>,
    Segments(request): Segments<String>,
    headers: HeaderMap,
) -> Response {
    let work = async {
        let admitted = rest::admit::<Body>(reading.primary(), &headers, ("GET", path::ONE)).await?;
        let Ok(wanted) = Uuid::try_parse(&request) else { return Err(not_found(&request)) };
        let app = reading.choose().await;
        let rows = store::by_ids(&app.store, &admitted.caller, &[wanted]).await?;
        rows.first().map(view::Request::from).ok_or_else(|| not_found(&request))
    };
    rest::respond::<Body>((&id).into(), rest::timed(reading.primary(), Box::pin(work)).await)
}

/// The error for a request that does not exist or is not visible to the caller.
pub fn not_found(request: &str) -> RestError {
    let refusal = answer::error(StatusCode::NOT_FOUND, "request_not_found", "there is no such request");
    refusal.with("requestId", request)
}

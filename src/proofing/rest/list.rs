use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    DEFAULT_LIMIT, MAX_LIMIT,
    answer::{Refusal, answer, enter, object},
    cursor::{Listed, OrderBy},
    path,
    search::{Attribute, Search},
    view,
};
use crate::{
    db::{End, Page, Window},
    http::{App, wall::RequestId},
    proofing::store,
};

/// What a list is asked for with. All of it may be left out.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    /// Only searches of users read these; this list accepts and ignores them.
    #[serde(rename = "attributes")]
    _attributes: Option<Vec<String>>,
    cursor: Option<String>,
    limit: Option<i64>,
    // Read only where there is no cursor: with one they are ignored, whatever they are.
    order_by_attribute: Option<Value>,
    search_by_attributes: Option<Value>,
}

/// `POST /api/web/v1/idproofing`: a page of the requests that a search finds.
pub async fn list(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let work = async {
        let entered = enter(&app, &headers, "POST", path::LIST).await?;
        let caller = &entered.caller;
        let body: Body = object(&body)?;
        let limit = limit(body.limit)?;
        let project = caller.project_id();
        let listed = match &body.cursor {
            Some(cursor) => Listed::at(cursor, project)?,
            None => asked(body, project)?,
        };
        let page = if listed.search.nothing {
            Page::unread()
        } else {
            let rows = store::filtered(&app.store, caller, &listed.search.filters);
            let (after, before, end) = match listed.from.clone() {
                None => (None, None, End::Front),
                Some((place, End::Front)) => (Some(place), None, End::Front),
                Some((place, End::Back)) => (None, Some(place), End::Back),
            };
            app.store.page(&rows, &listed.order, &Window { size: limit, end, after, before }).await?
        };
        let next = page.rows.last().filter(|_| page.has_next).map(|row| listed.cursor(row, End::Front));
        let previous =
            page.rows.first().filter(|_| page.has_previous).map(|row| listed.cursor(row, End::Back));
        let results: Vec<Value> = page.rows.iter().map(view::request).collect();
        let paging = json!({ "limit": limit, "nextCursor": next, "prevCursor": previous });
        Ok(json!({ "paging": paging, "results": results }))
    };
    answer(&app, &id, work).await
}

fn limit(asked: Option<i64>) -> Result<u32, Refusal> {
    let Some(asked) = asked else { return Ok(DEFAULT_LIMIT) };
    let limit = u32::try_from(asked).ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
    limit.ok_or_else(|| {
        let text = format!("the limit has to be between 1 and {MAX_LIMIT}");
        Refusal::bad("invalid_limit", text).with("limit", asked)
    })
}

fn asked(body: Body, project: Uuid) -> Result<Listed, Refusal> {
    let order_by = match body.order_by_attribute.unwrap_or_default() {
        Value::Null => OrderBy::default(),
        order @ Value::Object(_) => OrderBy::deserialize(order).map_err(|error| {
            let text = format!("`orderByAttribute` needs a `name` and `ascending`: {error}");
            Refusal::bad("invalid_order_by_attribute", text)
        })?,
        _ => {
            let text = "`orderByAttribute` has to be an object";
            return Err(Refusal::bad("invalid_order_by_attribute", text));
        }
    };
    let attributes: Option<Vec<Attribute>> =
        Deserialize::deserialize(body.search_by_attributes.unwrap_or_default()).map_err(|error| {
            let text = format!("each of `searchByAttributes` needs a `name` and an `operator`: {error}");
            Refusal::bad("invalid_search_attribute", text)
        })?;
    let search = Search::new(attributes.unwrap_or_default())?;
    let order = order_by.ordering(project, &search)?;
    Ok(Listed { search, order_by, order, from: None })
}

/// `GET /api/web/v1/idproofing/{requestId}`.
pub async fn one(
    State(app): State<App>,
    Extension(id): Extension<RequestId>,
    Path(request): Path<String>,
    headers: HeaderMap,
) -> Response {
    let work = async {
        let entered = enter(&app, &headers, "GET", path::ONE).await?;
        let Ok(wanted) = Uuid::try_parse(&request) else { return Err(not_found(&request)) };
        let rows = store::by_ids(&app.store, &entered.caller, &[wanted]).await?;
        rows.first().map(view::request).ok_or_else(|| not_found(&request))
    };
    answer(&app, &id, work).await
}

/// There is no such request, or not one that the caller may see.
pub fn not_found(request: &str) -> Refusal {
    let refusal = Refusal::new(StatusCode::NOT_FOUND, "request_not_found", "there is no such request");
    refusal.with("requestId", request)
}

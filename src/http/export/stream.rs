//! The pages of an export, each read when the client has taken the one before.

use axum::{
    body::Bytes,
    http::{HeaderMap, StatusCode},
};
use entity::Timestamp;
use futures_util::stream::{self, Stream};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{
    ExportBody, ROWS, authenticated,
    lists::{Field, List},
    rows::Format,
};
use crate::{
    Error,
    auth::Caller,
    http::{
        App,
        count::CountPermit,
        error_format,
        position::RequestPosition,
        reply::RequestId,
        request::{AllowedOperations, RawRequest, RequestRejection, ValidatedRequest},
    },
};

/// Rows of a page.
const PAGE: u64 = 100;
/// How long an export may take, in seconds.
const TIME: u32 = 10 * 60;
/// Header that says that a person is there. The pages of an export are none of its doing.
const ACTIVITY: &str = "x-verigraph-activity";

/// Why an export ends early.
pub enum Failure {
    Error(Error),
    /// The errors of the graph, with the status of the first.
    Answer(StatusCode, Json),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

/// A page of rows, and where the next one begins.
pub struct Rows {
    rows: Vec<Json>,
    next: Option<Json>,
}

/// An export that runs.
pub struct Export {
    app: App,
    list: &'static List,
    fields: Vec<Field>,
    format: Format,
    document: String,
    filters: Json,
    order_by: Option<Json>,
    after: Option<Json>,
    left: u64,
    began: Timestamp,
    request: ExportRequest,
}

/// The request, by which each page is authenticated anew.
pub struct ExportRequest {
    pub id: RequestId,
    pub position: RequestPosition,
    pub headers: HeaderMap,
}

impl Export {
    pub fn new(
        app: App,
        list: &'static List,
        mut request: ExportRequest,
        fields: Vec<Field>,
        ExportBody { filters, order_by, format }: ExportBody,
    ) -> Self {
        request.headers.remove(ACTIVITY);
        Self {
            document: list.page(&fields),
            began: app.clock.now(),
            app,
            list,
            fields,
            format,
            filters: filters.map_or(Json::Null, Json::Object),
            order_by: order_by.map(Json::Object),
            after: None,
            left: ROWS,
            request,
        }
    }

    /// Fails if the list has more rows than an export: a part of it would look like the whole.
    pub async fn check_total(&self, caller: Caller) -> Result<(), Failure> {
        let answer = self.ask(caller, self.list.total(), json!({ "filters": self.filters })).await?;
        let total = answer["rows"]["totalCount"].as_u64().unwrap_or_default();
        if total <= ROWS {
            return Ok(());
        }
        let reason = format!("the list has {total} rows, an export at most {ROWS}: narrow the filters");
        Err(Error::argument("filters", reason).into())
    }

    /// Reads the next page.
    pub async fn read(&self, caller: Caller) -> Result<Rows, Failure> {
        let mut variables =
            json!({ "first": PAGE.min(self.left), "after": self.after, "filters": self.filters });
        if let Some(order) = &self.order_by {
            variables["orderBy"] = order.clone();
        }
        let mut answer = self.ask(caller, self.document.clone(), variables).await?;
        let rows = answer["rows"].take();
        let Json::Object(mut rows) = rows else {
            return Err(Error::Fault("a list of an export has no page").into());
        };
        let page = rows.remove("pageInfo").unwrap_or_default();
        let edges = rows.remove("edges").unwrap_or_default();
        let Json::Array(edges) = edges else {
            return Err(Error::Fault("a page of an export has no rows").into());
        };
        let rows = edges.into_iter().map(|mut edge| edge["node"].take()).collect();
        let next = (page["hasNextPage"] == true).then(|| page["endCursor"].clone());
        Ok(Rows { rows, next })
    }

    async fn ask(&self, caller: Caller, query: String, mut variables: Json) -> Result<Json, Failure> {
        let ExportRequest { id, position, .. } = &self.request;
        let mut query = Json::String(query);
        let sent = RawRequest::read(|name| match name {
            "query" => query.take(),
            "variables" => variables.take(),
            _ => Json::Null,
        });
        let sent = sent.map_err(Error::Fault)?;
        let admitted = match ValidatedRequest::of(&self.app, &caller, sent, AllowedOperations::Queries) {
            Ok(admitted) => admitted,
            Err(RequestRejection::Because(error)) => return Err(error.into()),
            Err(RequestRejection::Elsewhere(text)) => return Err(Error::Fault(text).into()),
        };
        let answer = admitted.run(&self.app, caller, id, Some(position)).await?;
        let fault = Error::Fault("a page of an export is not JSON");
        let mut answer: Json = serde_json::from_slice(&answer.to_json()?).map_err(|_| fault)?;
        let errors = answer["errors"].take();
        if errors.is_null() {
            return Ok(answer["data"].take());
        }
        let status = match errors[0]["extensions"]["code"].as_str() {
            Some("FORBIDDEN") => StatusCode::FORBIDDEN,
            Some("INTERNAL") => StatusCode::INTERNAL_SERVER_ERROR,
            Some("TIMEOUT" | "OVERLOADED" | "UNAVAILABLE") => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::BAD_REQUEST,
        };
        Err(Failure::Answer(status, errors))
    }

    /// The lines of a page. What cannot be read ends the answer before its end, which clients see.
    fn lines_of(&mut self, page: &Rows) -> Bytes {
        let rows = &page.rows[..page.rows.len().min(usize::try_from(self.left).unwrap_or(usize::MAX))];
        self.left -= rows.len() as u64;
        self.after.clone_from(&page.next);
        let lines: String = rows.iter().map(|row| self.format.row(&self.fields, row)).collect();
        lines.into()
    }

    /// The head, the lines of the first page, and those of the others as they are read.
    pub fn lines(
        mut self,
        first: &Rows,
        permits: (CountPermit<Uuid>, CountPermit<Uuid>),
    ) -> impl Stream<Item = Result<Bytes, std::io::Error>> + Send + use<> {
        let head =
            Bytes::from(self.format.head(&self.fields) + &String::from_utf8_lossy(&self.lines_of(first)));
        let state = (self, permits, Some(head));
        stream::try_unfold(state, async |(mut export, permits, first)| {
            if let Some(lines) = first {
                return Ok(Some((lines, (export, permits, None))));
            }
            if export.after.is_none() || export.left == 0 {
                return Ok(None);
            }
            match export.next().await {
                Ok(lines) => Ok(Some((lines, (export, permits, None)))),
                Err(failure) => Err(export.aborted(&failure)),
            }
        })
    }

    async fn next(&mut self) -> Result<Bytes, Failure> {
        if self.app.clock.now() > self.began.plus_seconds(TIME.into()) {
            return Err(Error::Timeout(TIME.into()).into());
        }
        // The token may have been revoked, or a permission taken away.
        let caller = authenticated(&self.app, &self.request.headers).await?;
        let page = self.read(caller).await?;
        Ok(self.lines_of(&page))
    }

    fn aborted(&self, failure: &Failure) -> std::io::Error {
        let id = self.request.id.0.as_str();
        match failure {
            Failure::Error(error) => {
                let code = error_format::status(error.code());
                tracing::warn!(request_id = id, status = code.as_u16(), "an export ended early: {error}");
            }
            Failure::Answer(status, _) => {
                tracing::warn!(request_id = id, status = status.as_u16(), "an export ended early");
            }
        }
        std::io::Error::other("the export ended early")
    }
}

//! GraphQL requests of every transport: parsing, and validation by the document guard.

use std::{sync::Arc, time::Duration};

use async_graphql::{Variables, parser::types::OperationType};
use document_guard::{Document, GuardError};
use serde_json::Value as Json;

use super::{App, position::RequestPosition, reply::RequestId};
use crate::{
    Error,
    audit::actor,
    auth::Caller,
    graphql::{self, ResponseBody, document::Hash},
};

/// A GraphQL request as received.
pub(super) struct RawRequest {
    /// Whether only the dashboard's documents may run: requests by cookie.
    listed_only: bool,
    query: DocumentSource,
    operation_name: Option<String>,
    variables: Variables,
}

/// How a request names its document.
enum DocumentSource {
    Out(String),
    /// By the hash of a document that was sent before.
    AsHash(Hash),
    /// By the id of a document of the dashboard: its hash.
    AsId(String),
    /// By both, so that the hash is enough next time.
    AsBoth(String, Hash),
}

/// The operations allowed over a transport.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AllowedOperations {
    Everything,
    /// A GET must not change anything: links, crawlers and other sites can send one.
    Queries,
    /// Queries and subscriptions, for GET requests with a streamed response.
    Reading,
}

impl AllowedOperations {
    const fn allows(self, ty: OperationType) -> bool {
        match self {
            Self::Everything => true,
            Self::Queries => matches!(ty, OperationType::Query),
            Self::Reading => !matches!(ty, OperationType::Mutation),
        }
    }
}

impl RawRequest {
    pub(super) fn read(mut field: impl FnMut(&str) -> Json) -> Result<Self, &'static str> {
        let hash = match field("extensions") {
            Json::Null => None,
            extensions @ Json::Object(_) => Hash::asked_for(&extensions)?,
            _ => return Err("`extensions` must be an object"),
        };
        let id = match field("documentId") {
            Json::Null => None,
            Json::String(id) => Some(id),
            _ => return Err("`documentId` must be a string"),
        };
        let query = match (field("query"), hash) {
            (Json::Null, None) if let Some(id) = id => DocumentSource::AsId(id),
            (Json::String(query), None) => DocumentSource::Out(query),
            (Json::String(query), Some(hash)) if hash == Hash::of(&query) => {
                DocumentSource::AsBoth(query, hash)
            }
            (Json::String(_), Some(_)) => {
                return Err("`extensions.persistedQuery.sha256Hash` is not the hash of `query`");
            }
            (Json::Null, Some(hash)) => DocumentSource::AsHash(hash),
            _ => return Err("`query` is missing or not a string"),
        };
        let operation_name = match field("operationName") {
            Json::Null => None,
            Json::String(name) => Some(name).filter(|name| !name.is_empty()),
            _ => return Err("`operationName` must be a string"),
        };
        let variables = match field("variables") {
            Json::Null => Variables::default(),
            variables @ Json::Object(_) => Variables::from_json(variables),
            _ => return Err("`variables` must be an object"),
        };
        Ok(Self { listed_only: false, query, operation_name, variables })
    }
}

impl RawRequest {
    /// Restricts the request to the dashboard's documents.
    pub(super) fn listed_only(mut self, listed_only: bool) -> Self {
        self.listed_only = listed_only;
        self
    }
}

/// A request whose document and variables passed validation.
#[derive(Clone)]
pub(super) struct ValidatedRequest {
    pub ty: OperationType,
    pub document: Arc<Document>,
    pub query: String,
    pub operation: Option<String>,
    pub variables: Variables,
}

/// Why a request is rejected.
pub(super) enum RequestRejection {
    /// The operation is allowed over another method.
    Elsewhere(&'static str),
    Because(Error),
}

impl From<Error> for RequestRejection {
    fn from(error: Error) -> Self {
        Self::Because(error)
    }
}

impl From<GuardError> for RequestRejection {
    fn from(error: GuardError) -> Self {
        Self::Because(error.into())
    }
}

impl ValidatedRequest {
    pub(super) fn of(
        app: &App,
        caller: &Caller,
        sent: RawRequest,
        allowed: AllowedOperations,
    ) -> Result<Self, RequestRejection> {
        let RawRequest { listed_only, query, operation_name: operation, variables } = sent;
        let project = caller.project_id();
        let (query, remember) = match query {
            DocumentSource::Out(query) => (query, None),
            DocumentSource::AsBoth(query, hash) => (query, Some(hash)),
            DocumentSource::AsId(id) => {
                let known = id.strip_prefix("sha256:").and_then(|hash| app.dashboard_documents.get(hash));
                (known.ok_or(Error::PersistedQueryNotFound)?.clone(), None)
            }
            DocumentSource::AsHash(hash) => {
                let known = app.persisted.find(project, &hash).ok_or(Error::PersistedQueryNotFound)?;
                (known.as_ref().to_owned(), None)
            }
        };
        if listed_only && !app.dashboard_documents.contains_key(&Hash::of(&query).to_string()) {
            return Err(Error::UnlistedDocument.into());
        }
        let prepared = app.documents.prepare(&query)?;
        let document = &prepared.document;
        let ty = document.operation(operation.as_deref())?.ty;
        actor::runs(operation.as_deref().or_else(|| document.only_name()));
        if !allowed.allows(ty) {
            return Err(RequestRejection::Elsewhere("only queries run over GET: use POST"));
        }
        let (document, variables) = app.documents.admit(prepared, operation.as_deref(), variables)?;
        if let Some(hash) = remember {
            app.persisted.remember(project, hash, &query);
        }
        Ok(Self { ty, document, query, operation, variables })
    }

    /// Runs a query or a mutation, with a permit of the caller's credential. A query reads from the replica if
    /// `position` says that it may.
    pub(super) async fn run(
        self,
        app: &App,
        caller: Caller,
        id: &RequestId,
        position: Option<&RequestPosition>,
    ) -> Result<ResponseBody, Error> {
        let _permit = app.acquire_permit(&caller)?;
        let replica = match (self.ty, position) {
            (OperationType::Query, Some(position)) => position.for_reading(&app.services).await,
            (OperationType::Mutation, Some(position)) => {
                position.set_changed(true);
                None
            }
            _ => None,
        };
        let services = replica.map_or_else(|| app.services.clone(), Arc::new);
        let request = Arc::new(graphql::Request::new(caller, self.document, services));
        let seconds = app.limits.query_seconds;
        let execute = app.graph.execute(self.query, self.operation, self.variables, &request);
        let response = tokio::time::timeout(Duration::from_secs(seconds), execute).await;
        if self.ty == OperationType::Mutation {
            app.hub.wake();
        }
        let response = response.map_err(|_| Error::Timeout(seconds))?;
        Ok(graphql::answer(response, &request, &id.0))
    }
}

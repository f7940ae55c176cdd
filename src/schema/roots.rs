use std::sync::{Arc, LazyLock};

use async_graphql::{MergedObject, Response, SDLExportOptions, SchemaBuilder, Variables};
use document_guard::Shape;
use futures_util::StreamExt;

use super::{edge::AnyEdge, node::NodeQuery, rejection::Rejection};
use crate::{
    audit::graphql::AuditQuery,
    document::graphql::{DocumentFile, DocumentMutation, DocumentQuery},
    grant_policy::graphql::{GrantPolicyMutation, GrantPolicyQuery},
    graphql::{
        CapturedSchema, DirectExecutor, PolicyHook, Request, ValidateOnly, document::is_pre_authorized,
    },
    identification::graphql::{
        BulkMutation, ExternalMutation, IdentificationCountQuery, IdentificationMutation,
        IdentificationQuery, LifecycleMutation,
    },
    level::graphql::{LevelMutation, LevelQuery},
    member::graphql::{InvitationMutation, MemberMutation, MemberQuery, ProviderQuery, RoleMutation},
    project::graphql::{
        CredentialMutation, CredentialQuery, ProjectQuery, RotateCredentialMutation, SettingsMutation,
    },
    proofing::graphql::{ProofingMutation, ProofingQuery},
    result::graphql::{IntegrationQuery, ResultMutation, ResultQuery},
    retention::graphql::{RetentionMutation, RetentionQuery},
    sandbox::graphql::{
        SandboxClockMutation, SandboxClockQuery, SandboxIdentificationMutation, SandboxPartMutation,
        SandboxQuery, SandboxUserMutation,
    },
    saved_view::graphql::{SavedViewMutation, SavedViewQuery},
    scenario::graphql::{ScenarioMutation, ScenarioQuery},
    session::graphql::{SessionMutation, SessionQuery},
    subscription::{DeliveredEvent, Subscription},
    user::graphql::{ErasureMutation, UserMutation, UserQuery, UserSearchQuery},
    verification::graphql::{VerificationMutation, VerificationQuery},
    webhook::graphql::{
        WebhookDeliveryMutation, WebhookHealthQuery, WebhookQuery, WebhookReplayMutation,
        WebhookSubscriptionMutation,
    },
};

// Grouped, because nesting the roots one in another would be too deep for the compiler.

/// The root of all queries.
#[derive(Default, MergedObject)]
pub struct Query(ProjectQueries, PeopleQueries, VerificationQueries);

#[derive(Default, MergedObject)]
struct ProjectQueries(
    NodeQuery,
    ProjectQuery,
    CredentialQuery,
    WebhookQuery,
    WebhookHealthQuery,
    SandboxClockQuery,
    SandboxQuery,
    ScenarioQuery,
    RetentionQuery,
    AuditQuery,
    MemberQuery,
    ProviderQuery,
    SavedViewQuery,
);

#[derive(Default, MergedObject)]
struct PeopleQueries(UserQuery, UserSearchQuery, IdentificationQuery, IdentificationCountQuery, LevelQuery);

#[derive(Default, MergedObject)]
struct VerificationQueries(
    ProofingQuery,
    VerificationQuery,
    GrantPolicyQuery,
    ResultQuery,
    IntegrationQuery,
    SessionQuery,
    DocumentQuery,
);

/// The root of all mutations.
#[derive(Default, MergedObject)]
pub struct Mutation(ProjectMutations, PeopleMutations, SandboxMutations, VerificationMutations);

#[derive(Default, MergedObject)]
struct ProjectMutations(
    CredentialMutation,
    RotateCredentialMutation,
    SettingsMutation,
    RetentionMutation,
    WebhookSubscriptionMutation,
    WebhookDeliveryMutation,
    WebhookReplayMutation,
    MemberMutation,
    InvitationMutation,
    RoleMutation,
    SavedViewMutation,
);

#[derive(Default, MergedObject)]
struct PeopleMutations(
    UserMutation,
    ErasureMutation,
    IdentificationMutation,
    LifecycleMutation,
    ExternalMutation,
    BulkMutation,
    LevelMutation,
);

#[derive(Default, MergedObject)]
struct SandboxMutations(
    SandboxClockMutation,
    SandboxUserMutation,
    SandboxPartMutation,
    SandboxIdentificationMutation,
    ScenarioMutation,
);

#[derive(Default, MergedObject)]
struct VerificationMutations(
    ProofingMutation,
    VerificationMutation,
    GrantPolicyMutation,
    ResultMutation,
    SessionMutation,
    DocumentMutation,
);

type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// The schema, and two ways to execute documents.
pub struct Graph {
    /// Checks the policy table for each field during execution.
    guarded: Schema,
    /// Executes documents that were validated and authorized as a whole before.
    direct: DirectExecutor<Query>,
    shape: Arc<Shape>,
}

/// The same for every server. Building it and reading its SDL takes longer than starting the rest of a server.
static GRAPH: LazyLock<Graph> = LazyLock::new(Graph::build);

impl Graph {
    /// The schema that the servers of this process share.
    #[must_use]
    pub fn of_process() -> &'static Self {
        &GRAPH
    }

    /// What the guard of documents needs to know of the schema.
    #[must_use]
    pub fn shape(&self) -> Arc<Shape> {
        self.shape.clone()
    }

    /// Builds the schema. It needs no database, so the schema can be printed anywhere.
    fn build() -> Self {
        let captured = CapturedSchema::default();
        let guarded = builder().extension(PolicyHook::capturing(&captured)).finish();
        let direct = DirectExecutor::new(&guarded, &captured, Query::default());
        let shape = Arc::new(Shape::of_sdl(&printed(&guarded)));
        Self { guarded, direct, shape }
    }

    /// Executes a document that passed the guard.
    pub async fn execute(
        &self,
        query: String,
        operation: Option<String>,
        variables: Variables,
        request: &Arc<Request>,
    ) -> Response {
        if is_pre_authorized(&request.document, request.caller.permissions) {
            if !request.document.is_valid() {
                let validation = executor_request(&query, operation.as_deref(), &variables, request);
                let response = self.guarded.execute(validation.data(ValidateOnly)).await;
                if response.is_err() {
                    return response;
                }
            }
            let response = self.direct.execute(operation.as_deref(), &variables, request).await;
            if let Some(response) = response {
                request.start();
                return response;
            }
            // Only the hook keeps an error in its field. Queries have no side effects, so the query can run
            // again.
            request.invalidate_loaders();
        }
        self.guarded.execute(executor_request(&query, operation.as_deref(), &variables, request)).await
    }

    /// Validates the document of a subscription, unless it passed before. Runs nothing: the library validates
    /// what it is asked to execute, and executes subscriptions only as streams.
    ///
    /// # Errors
    ///
    /// The response to a document that is not valid.
    pub async fn validate_subscription(
        &self,
        query: &str,
        operation: Option<&str>,
        variables: &Variables,
        request: &Arc<Request>,
    ) -> Result<(), Box<Response>> {
        if request.document.is_valid() {
            return Ok(());
        }
        let response = self.guarded.execute(executor_request(query, operation, variables, request)).await;
        if request.document.is_valid() { Ok(()) } else { Err(Box::new(response)) }
    }

    /// Runs a subscription that passed the guard for one event. `None` if it has no result to send.
    ///
    /// Each event is a request with its own loaders and permissions. The library creates a stream for a
    /// subscription, which ends after the event.
    pub async fn run_for_event(
        &self,
        query: &str,
        operation: Option<&str>,
        variables: &Variables,
        request: &Arc<Request>,
        event: Arc<DeliveredEvent>,
    ) -> Option<Response> {
        self.guarded
            .execute_stream(executor_request(query, operation, variables, request).data(event))
            .next()
            .await
    }
}

fn executor_request(
    query: &str,
    operation: Option<&str>,
    variables: &Variables,
    request: &Arc<Request>,
) -> async_graphql::Request {
    let mut prepared = async_graphql::Request::new(query).variables(variables.clone()).data(request.clone());
    prepared.operation_name = operation.map(str::to_owned);
    prepared.set_parsed_query(request.document.parsed().clone());
    prepared
}

fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    async_graphql::Schema::build(Query::default(), Mutation::default(), Subscription)
        .register_output_type::<AnyEdge>()
        .register_output_type::<Rejection>()
        .register_output_type::<DocumentFile>()
        // The guard measures depth and complexity, because it takes fragments and list sizes into account.
        .limit_recursive_depth(100)
}

fn printed(schema: &Schema) -> String {
    schema.sdl_with_options(SDLExportOptions::new().include_specified_by())
}

/// The schema in SDL, as in `schema.graphql`.
#[must_use]
pub fn sdl() -> String {
    printed(&Graph::of_process().guarded)
}

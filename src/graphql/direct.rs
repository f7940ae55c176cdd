//! Executes queries that were validated and authorized as a whole, without the library's preparation.
//!
//! For each request the library copies the document, validates it and checks its depth: a tenth of the server's time of a
//! small query. The document guard has done this when it saw the document first, and checks the variables of each
//! request. So the library's resolvers run here with the cached document.

use std::sync::{Arc, Mutex, OnceLock};

use async_graphql::{
    Context, ContextSelectionSet, EmptyMutation, EmptySubscription, Object, ObjectType, Positioned, QueryEnv,
    QueryEnvInner, Response, SchemaEnv, SubscriptionType, Value, Variables,
    context::Data,
    extensions::Extensions,
    parser::types::{Directive, OperationDefinition, OperationType, Selection, SelectionSet},
    resolver_utils::resolve_container,
};
use futures_util::FutureExt;

use super::{Request, plan::PreAuthorized};

/// Where the types of a schema are stored when it executes a document without a request.
#[derive(Clone, Default)]
pub struct CapturedSchema(Arc<OnceLock<SchemaEnv>>);

impl CapturedSchema {
    pub(super) fn store(&self, schema: &SchemaEnv) {
        self.0.get_or_init(|| schema.clone());
    }
}

/// Executes queries of a root `Q`.
pub struct DirectExecutor<Q> {
    query: Q,
    schema: CapturedSchema,
    /// No extension.
    extensions: Option<Extensions>,
}

impl<Q: ObjectType + 'static> DirectExecutor<Q> {
    /// Creates an executor with the types of a schema, which stores them in `captured`.
    pub fn new<M: ObjectType + 'static, S: SubscriptionType + 'static>(
        schema: &async_graphql::Schema<Q, M, S>,
        captured: &CapturedSchema,
        query: Q,
    ) -> Self {
        // Neither waits for anything.
        drop(schema.execute("{ __typename }").now_or_never());
        Self { query, schema: captured.clone(), extensions: no_extensions() }
    }

    /// Executes an operation of the request's document. `None` if it has an error, or is not a query: the
    /// schema has to execute it.
    pub async fn execute(
        &self,
        operation: Option<&str>,
        variables: &Variables,
        request: &Arc<Request>,
    ) -> Option<Response> {
        let Self { query, schema, extensions } = self;
        let schema = schema.0.get()?;
        let document = &request.document;
        let operation =
            document.operation(operation).ok().filter(|found| found.ty == OperationType::Query)?;
        let mut fragments = document.parsed().fragments.clone();
        let mut included = None;
        if document.may_have_directives() {
            for fragment in fragments.values_mut() {
                remove_skipped(&mut fragment.node.selection_set.node, variables);
            }
            let set = included.insert(operation.selection_set.clone());
            remove_skipped(&mut set.node, variables);
        }
        let selection_set = included.as_ref().unwrap_or(&operation.selection_set);
        let mut data = Data::default();
        data.insert(request.clone());
        data.insert(PreAuthorized);
        let environment = QueryEnv::new(QueryEnvInner {
            extensions: extensions.clone()?,
            variables: variables.clone(),
            operation_name: None,
            operation: without_selection(operation),
            fragments,
            uploads: Vec::new(),
            session_data: Arc::default(),
            query_data: Arc::new(data),
            http_headers: Mutex::default(),
            introspection_mode: async_graphql::IntrospectionMode::Disabled,
            errors: Mutex::default(),
        });
        let ctx: ContextSelectionSet<'_> = environment.create_context(schema, None, selection_set, None);
        let data = resolve_container(&ctx, query).await.ok()?;
        let is_ok = environment.errors.lock().is_ok_and(|errors| errors.is_empty());
        is_ok.then(|| Response::new(data))
    }
}

/// Removes what `@skip` and `@include` exclude, and these directives, as the library does before it resolves.
fn remove_skipped(set: &mut SelectionSet, variables: &Variables) {
    let is_condition =
        |directive: &Positioned<Directive>| matches!(directive.node.name.node.as_str(), "skip" | "include");
    set.items.retain(|selection| {
        selection.node.directives().iter().filter(|one| is_condition(one)).all(|directive| {
            let value = directive.node.get_argument("if").map(|value| value.node.clone());
            let value = value
                .and_then(|value| value.into_const_with(|name| variables.get(&name).cloned().ok_or(())).ok());
            // Validation rejects other values.
            (value == Some(Value::Boolean(true))) == (directive.node.name.node == "include")
        })
    });
    for selection in &mut set.items {
        let (directives, inner) = match &mut selection.node {
            Selection::Field(field) => (&mut field.node.directives, Some(&mut field.node.selection_set)),
            Selection::FragmentSpread(spread) => (&mut spread.node.directives, None),
            Selection::InlineFragment(inline) => {
                (&mut inline.node.directives, Some(&mut inline.node.selection_set))
            }
        };
        directives.retain(|directive| !is_condition(directive));
        if let Some(inner) = inner {
            remove_skipped(&mut inner.node, variables);
        }
    }
}

/// The operation as resolvers look at it: for the definitions of variables.
fn without_selection(operation: &OperationDefinition) -> Positioned<OperationDefinition> {
    let OperationDefinition { ty, variable_definitions, selection_set, .. } = operation;
    let position = selection_set.pos;
    let operation = OperationDefinition {
        ty: *ty,
        variable_definitions: variable_definitions.clone(),
        directives: Vec::new(),
        selection_set: Positioned::new(SelectionSet { items: Vec::new() }, position),
    };
    Positioned::new(operation, position)
}

/// The library makes no set of extensions but for a request.
fn no_extensions() -> Option<Extensions> {
    struct Probe;

    #[Object]
    impl Probe {
        async fn probe(&self, ctx: &Context<'_>) -> bool {
            let found = ctx.data_opt::<Arc<OnceLock<Extensions>>>();
            found.is_some_and(|found| found.set(ctx.query_env.extensions.clone()).is_ok())
        }
    }

    let found = Arc::new(OnceLock::new());
    let schema = async_graphql::Schema::new(Probe, EmptyMutation, EmptySubscription);
    let request = async_graphql::Request::new("{ probe }").data(found.clone());
    drop(schema.execute(request).now_or_never());
    found.get().cloned()
}

use std::sync::Arc;

use async_graphql::{
    QueryPathSegment, Response, ServerError, ServerResult, ValidationResult, Value,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, NextValidation, ResolveInfo,
    },
};
use document_guard::path;

use super::{CapturedSchema, Request};
use crate::Error;

/// Marks a request whose document is validated and not executed.
pub struct ValidateOnly;

/// The hook that runs before every field.
///
/// It rejects fields that the policy table does not allow, and it keeps an error inside the nearest nullable
/// field: see [`document_guard::FieldErrors`].
#[derive(Clone, Default)]
pub struct PolicyHook(CapturedSchema);

impl PolicyHook {
    /// Creates the hook. The first execution without a request stores the types of the schema.
    #[must_use]
    pub fn capturing(schema: &CapturedSchema) -> Self {
        Self(schema.clone())
    }
}

impl ExtensionFactory for PolicyHook {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(self.clone())
    }
}

#[async_trait::async_trait]
impl Extension for PolicyHook {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let Some(request) = ctx.data_opt::<Arc<Request>>() else { return next.run(ctx).await };
        request.document.validate(ctx, next).await
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        if ctx.data_opt::<ValidateOnly>().is_some() {
            return Response::default();
        }
        match ctx.data_opt::<Arc<Request>>() {
            Some(request) => request.start(),
            None => self.0.store(ctx.schema_env),
        }
        next.run(ctx, operation_name).await
    }

    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        if info.is_for_introspection || info.name.starts_with("__") {
            return next.run(ctx, info).await;
        }
        let Some(request) = ctx.data_opt::<Arc<Request>>() else {
            return Err(located(Error::Fault("a field was resolved outside of a request"), &info));
        };
        let is_nullable = !info.return_type.ends_with('!');
        let (parent, field, node) = (info.parent_type, info.name, info.path_node);
        // Mutations run one after the other. After one that emptied the response, the others do not run.
        if parent == "Mutation" && request.field_errors.is_emptied() {
            return Ok(Some(Value::Null));
        }
        // The hook also runs for the items of a list. They have the permissions of the field that lists them.
        let is_item = matches!(info.path_node.segment, QueryPathSegment::Index(_));
        let allowed = if is_item { Ok(()) } else { request.policy().check(&request.caller, parent, field) };
        let result = match allowed {
            Ok(()) => next.run(ctx, info).await,
            Err(error) => Err(located(error, &info)),
        };
        request.field_errors.settle(result, is_nullable, node)
    }
}

fn located(error: Error, info: &ResolveInfo<'_>) -> ServerError {
    let error = async_graphql::Error::from(error).into_server_error(info.field.name.pos);
    error.with_path(path(info.path_node))
}

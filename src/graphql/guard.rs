use std::sync::Arc;

use async_graphql::{
    CacheControl, PathSegment, QueryPathNode, QueryPathSegment, Response, ServerError, ServerResult,
    ValidationResult, Value,
    extensions::{
        Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, NextValidation, ResolveInfo,
    },
};

use super::{Request, document::is_replaced};
use crate::{Error, auth::policy};

/// What a document that passed validation is told apart by: nothing, since the guard measures.
const VALID: ValidationResult =
    ValidationResult { cache_control: CacheControl { public: true, max_age: 0 }, complexity: 0, depth: 0 };

/// The one hook in front of every field.
///
/// It denies what the policy table does not allow, and it keeps an error inside the nearest nullable field, as the
/// specification wants: left alone, async-graphql gives the error to the object around it and empties that.
///
/// The executor stops at the first error that it is given, and which fields it has run by then varies. So it is given none:
/// each error is kept aside, and the objects that a null empties are emptied on the way back. All fields run, and all
/// errors are listed.
pub struct PolicyHook;

impl ExtensionFactory for PolicyHook {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
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
        if request.document.is_valid() {
            return Ok(VALID);
        }
        let (result, mut errors) = match next.run(ctx).await {
            Ok(result) => (result, Vec::new()),
            Err(errors) => (VALID, errors),
        };
        errors.retain(|error| !is_replaced(error));
        errors.extend(request.document.misplaced());
        if !errors.is_empty() {
            return Err(errors);
        }
        request.document.set_valid();
        Ok(result)
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        if let Some(request) = ctx.data_opt::<Arc<Request>>() {
            request.start();
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
            return Err(located(Error::Fault("a field was asked for outside of a request"), &info));
        };
        let nullable = !info.return_type.ends_with('!');
        let (parent, field, node) = (info.parent_type, info.name, info.path_node);
        // Mutations run one after the other: those after one that emptied the answer do not run.
        if parent == "Mutation" && request.is_emptied() {
            return Ok(Some(Value::Null));
        }
        // The items of a list come by here too: they are as allowed as the field that lists them.
        let is_item = matches!(info.path_node.segment, QueryPathSegment::Index(_));
        let allowed = if is_item { Ok(()) } else { policy::check(&request.caller, parent, field) };
        let answer = match allowed {
            Ok(()) => next.run(ctx, info).await,
            Err(error) => Err(located(error, &info)),
        };
        let is_failed = match &answer {
            Err(error) => {
                request.note(error.clone());
                true
            }
            Ok(_) => request.has_nulls() && request.take_nulls_in(&path(node)),
        };
        if !is_failed {
            return answer;
        }
        if !nullable {
            request.empty(path(node));
        }
        Ok(Some(Value::Null))
    }
}

fn located(error: Error, info: &ResolveInfo<'_>) -> ServerError {
    let error = async_graphql::Error::from(error).into_server_error(info.field.name.pos);
    error.with_path(path(info.path_node))
}

fn path(node: &QueryPathNode<'_>) -> Vec<PathSegment> {
    let mut path = node.parent.map(path).unwrap_or_default();
    path.push(match node.segment {
        QueryPathSegment::Index(index) => PathSegment::Index(index),
        QueryPathSegment::Name(name) => PathSegment::Field(name.to_owned()),
    });
    path
}

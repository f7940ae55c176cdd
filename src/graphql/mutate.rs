use std::future::Future;

use async_graphql::Context;

use super::{ContextExt, Request, rejection::ForbiddenRejection};
use crate::Result;

/// Runs the mutation that is resolved here. Every mutation goes through this function.
///
/// It looks the field up in the policy table and answers with a [`ForbiddenRejection`] if the caller may not run it. What
/// the loaders found before is forgotten afterwards, so that the payload shows the state after the mutation.
///
/// # Errors
///
/// When the mutation fails.
pub async fn mutate<'a, P, F>(ctx: &Context<'a>, run: impl FnOnce(&'a Request) -> F + Send) -> Result<P>
where
    P: From<ForbiddenRejection>,
    F: Future<Output = Result<P>> + Send,
{
    let request = ctx.request()?;
    if !request.policy().permits(&request.caller, ctx.field().name()) {
        return Ok(ForbiddenRejection::new().into());
    }
    let outcome = Box::pin(run(request)).await;
    // Also after a failure: a mutation of several transactions may have committed some of them.
    request.invalidate_loaders();
    outcome
}

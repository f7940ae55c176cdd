use std::future::Future;

use async_graphql::Context;

use super::{
    ContextExt, Request,
    rejection::{ForbiddenRejection, FreshSignInNeededRejection},
};
use crate::{
    Error, Result,
    auth::{MemberAccess, session::is_fresh},
};

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
    if request.policy().needs_fresh_sign_in(ctx.field().name()) {
        return Err(Error::Fault("a mutation that needs a recent sign-in does not check it"));
    }
    if !request.policy().permits(&request.caller, ctx.field().name()) {
        return Ok(ForbiddenRejection::new().into());
    }
    finish(request, run).await
}

/// Like [`mutate`], for a mutation that requires that a member has signed in within the last minutes. Credentials
/// have no sign-in. The check comes before the idempotency key is looked at, so the same input can be sent again.
///
/// # Errors
///
/// When the mutation fails.
pub async fn mutate_fresh<'a, P, F>(ctx: &Context<'a>, run: impl FnOnce(&'a Request) -> F + Send) -> Result<P>
where
    P: From<ForbiddenRejection> + From<FreshSignInNeededRejection>,
    F: Future<Output = Result<P>> + Send,
{
    let request = ctx.request()?;
    if !request.policy().permits(&request.caller, ctx.field().name()) {
        return Ok(ForbiddenRejection::new().into());
    }
    let now = request.machine_clock().now();
    let is_recent = |access: &MemberAccess| is_fresh(access.session.authenticated_at, now);
    if !request.caller.member().is_none_or(is_recent) {
        return Ok(FreshSignInNeededRejection::new().into());
    }
    finish(request, run).await
}

async fn finish<'a, P, F>(request: &'a Request, run: impl FnOnce(&'a Request) -> F + Send) -> Result<P>
where
    F: Future<Output = Result<P>> + Send,
{
    let outcome = Box::pin(run(request)).await;
    // Also after a failure: a mutation of several transactions may have committed some of them.
    request.invalidate_loaders();
    outcome
}

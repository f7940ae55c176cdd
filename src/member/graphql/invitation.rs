use async_graphql::{Context, ID, InputObject, Object, SimpleObject};

use super::rejection::{
    AlreadyMemberRejection, InvitationNotFoundRejection, RoleExceedsRejection, RoleNotFoundRejection,
};
use crate::{
    Error, Result,
    graphql::{
        IdInput, mutate_fresh,
        rejection::{ForbiddenRejection, FreshSignInNeededRejection},
    },
    member::{
        access::{self, InviteOutcome, NewInvitation, RevokeOutcome},
        profile::email_address,
    },
    payload,
    user::rules::check_tags,
};

/// Input of the `inviteMember` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct InviteMemberInput {
    /// E-mail address of the person.
    email: String,
    /// Id of the role.
    role_id: IdInput,
    /// Tag limits: a user is visible to the member only if the user has one of these tags. Default: no limit.
    tag_limits: Option<Vec<String>>,
    /// Number of days for which the invitation can be accepted, from 1 to 30.
    #[graphql(default = 7)]
    days: i32,
}

/// Success result of the `inviteMember` mutation. The link cannot be read again.
#[derive(SimpleObject)]
pub struct InviteMemberSuccessPayload {
    /// Path of the page that accepts the invitation, with the token in its fragment. Give it to the person.
    link: String,
}

payload! {
    /// Result of the `inviteMember` mutation.
    InviteMemberPayload: InviteMemberSuccessPayload,
    RoleNotFound(RoleNotFoundRejection),
    RoleExceeds(RoleExceedsRejection),
    AlreadyMember(AlreadyMemberRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Input of the `revokeInvitation` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct RevokeInvitationInput {
    /// Id of the invitation.
    invitation_id: IdInput,
}

/// Success result of the `revokeInvitation` mutation.
#[derive(SimpleObject)]
pub struct RevokeInvitationSuccessPayload {
    /// Id of the revoked invitation.
    invitation_id: ID,
}

payload! {
    /// Result of the `revokeInvitation` mutation.
    RevokeInvitationPayload: RevokeInvitationSuccessPayload,
    NotFound(InvitationNotFoundRejection),
    RoleExceeds(RoleExceedsRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of invitations.
#[derive(Default)]
pub struct InvitationMutation;

#[Object]
impl InvitationMutation {
    /// Invites a person to the project with a role of at most the caller's permissions. The returned link
    /// works once. No mail is sent. Null only if the mutation failed; see `errors`.
    async fn invite_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: InviteMemberInput,
    ) -> Result<Option<InviteMemberPayload>> {
        use InviteMemberPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            if !(1..=30).contains(&input.days) {
                return Err(Error::argument("days", "must be from 1 to 30 days"));
            }
            let email = email_address(&input.email)?;
            check_limits(input.tag_limits.as_deref())?;
            let new = NewInvitation {
                email,
                role: input.role_id.uuid(),
                tag_limits: input.tag_limits,
                days: input.days.into(),
            };
            let (root, clock) = (&request.root, request.machine_clock());
            Ok(match access::invite(&request.store, root, &request.caller, clock, new).await? {
                InviteOutcome::Done(token) => {
                    let link = request.address(&format!("/dashboard/link#{token}"));
                    Payload::Success(InviteMemberSuccessPayload { link })
                }
                InviteOutcome::RoleNotFound => Payload::RoleNotFound(RoleNotFoundRejection::new()),
                InviteOutcome::RoleExceeds => Payload::RoleExceeds(RoleExceedsRejection::new()),
                InviteOutcome::AlreadyMember => Payload::AlreadyMember(AlreadyMemberRejection::new()),
            })
        })
        .await
        .map(Some)
    }

    /// Revokes an invitation: its link stops working. Null only if the mutation failed; see `errors`.
    async fn revoke_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: RevokeInvitationInput,
    ) -> Result<Option<RevokeInvitationPayload>> {
        use RevokeInvitationPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            let (id, clock) = (input.invitation_id.uuid(), request.machine_clock());
            Ok(match access::revoke_invitation(&request.store, &request.caller, clock, id).await? {
                RevokeOutcome::Done => {
                    Payload::Success(RevokeInvitationSuccessPayload { invitation_id: id.into() })
                }
                RevokeOutcome::NotFound => Payload::NotFound(InvitationNotFoundRejection::new()),
                RevokeOutcome::RoleExceeds => Payload::RoleExceeds(RoleExceedsRejection::new()),
            })
        })
        .await
        .map(Some)
    }
}

/// Checks the tag limits of a membership.
///
/// # Errors
///
/// [`Error::Argument`] if there are none in the list, or one cannot be a tag.
pub(super) fn check_limits(tags: Option<&[String]>) -> Result<()> {
    let Some(tags) = tags else { return Ok(()) };
    if tags.is_empty() {
        return Err(Error::argument("tagLimits", "set at least one tag, or omit it"));
    }
    check_tags(tags).map_err(|(_, why)| Error::argument("tagLimits", why))
}

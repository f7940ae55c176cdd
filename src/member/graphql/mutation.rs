use async_graphql::{Context, InputObject, MaybeUndefined, Object, SimpleObject};

use super::{
    Membership,
    invitation::check_limits,
    rejection::{
        LastOwnerRejection, MembershipNotFoundRejection, OperatorNeededRejection, RoleExceedsRejection,
        RoleNotFoundRejection,
    },
};
use crate::{
    Result,
    graphql::{
        IdInput, mutate_fresh,
        rejection::{ForbiddenRejection, FreshSignInNeededRejection},
    },
    member::{
        access::{self, Change, ChangeOutcome},
        erase::{self, EraseOutcome},
    },
    payload,
};

/// Input of the `changeMembership` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct ChangeMembershipInput {
    /// Id of the membership.
    membership_id: IdInput,
    /// Id of the new role. Default: unchanged.
    role_id: Option<IdInput>,
    /// New tag limits; null removes them. Default: unchanged.
    tag_limits: MaybeUndefined<Vec<String>>,
}

/// Input of the `endMembership` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct EndMembershipInput {
    /// Id of the membership.
    membership_id: IdInput,
}

/// Input of the `signOutMember` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct SignOutMemberInput {
    /// Id of the membership.
    membership_id: IdInput,
}

/// Input of the `suspendMember` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct SuspendMemberInput {
    /// Id of the membership.
    membership_id: IdInput,
    /// Whether the membership is suspended. False lifts the suspension.
    #[graphql(default = true)]
    is_suspended: bool,
}

/// Input of the `eraseMember` mutation.
#[derive(Clone, Debug, InputObject)]
pub struct EraseMemberInput {
    /// Id of a membership of the member in the project. It may have ended.
    membership_id: IdInput,
}

/// Success result of mutations of a membership.
#[derive(SimpleObject)]
pub struct MembershipSuccessPayload {
    /// The membership.
    membership: Option<Membership>,
}

payload! {
    /// Result of the `changeMembership` mutation.
    ChangeMembershipPayload: MembershipSuccessPayload,
    NotFound(MembershipNotFoundRejection),
    RoleNotFound(RoleNotFoundRejection),
    RoleExceeds(RoleExceedsRejection),
    LastOwner(LastOwnerRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

payload! {
    /// Result of the `eraseMember` mutation.
    EraseMemberPayload: MembershipSuccessPayload,
    NotFound(MembershipNotFoundRejection),
    LastOwner(LastOwnerRejection),
    OperatorNeeded(OperatorNeededRejection),
    FreshSignInNeeded(FreshSignInNeededRejection),
    Forbidden(ForbiddenRejection),
}

/// Mutations of members.
#[derive(Default)]
pub struct MemberMutation;

#[Object]
impl MemberMutation {
    /// Changes the role or the tag limits of a membership. It takes effect within seconds. Null only if the
    /// mutation failed; see `errors`.
    async fn change_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: ChangeMembershipInput,
    ) -> Result<Option<ChangeMembershipPayload>> {
        mutate_fresh(ctx, |request| async move {
            let tag_limits = match input.tag_limits {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(tags) => {
                    check_limits(Some(&tags))?;
                    Some(Some(tags))
                }
            };
            let change = Change::Access { role: input.role_id.map(|id| id.uuid()), tag_limits };
            let (id, clock) = (input.membership_id.uuid(), &request.clock);
            access::change(&request.store, &request.caller, clock, id, change).await.map(Into::into)
        })
        .await
        .map(Some)
    }

    /// Ends a membership: the member loses its access to the project within seconds. Null only if the
    /// mutation failed; see `errors`.
    async fn end_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: EndMembershipInput,
    ) -> Result<Option<ChangeMembershipPayload>> {
        mutate_fresh(ctx, |request| async move {
            let (id, clock) = (input.membership_id.uuid(), &request.clock);
            access::change(&request.store, &request.caller, clock, id, Change::End).await.map(Into::into)
        })
        .await
        .map(Some)
    }

    /// Suspends a membership or lifts its suspension: while it is suspended, the member has no access to the project.
    /// It keeps its role and its number. Other projects of the member are not affected. Null only if the mutation
    /// failed; see `errors`.
    async fn suspend_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SuspendMemberInput,
    ) -> Result<Option<ChangeMembershipPayload>> {
        mutate_fresh(ctx, |request| async move {
            let (id, change) = (input.membership_id.uuid(), Change::Suspend(input.is_suspended));
            access::change(&request.store, &request.caller, &request.clock, id, change).await.map(Into::into)
        })
        .await
        .map(Some)
    }

    /// Erases a member: its name, its e-mail address and its ways to sign in, in every project. What it did keeps
    /// its number. It cannot be undone. Only operators of the installation may erase members. Null only if the
    /// mutation failed; see `errors`.
    async fn erase_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: EraseMemberInput,
    ) -> Result<Option<EraseMemberPayload>> {
        use EraseMemberPayload as Payload;

        mutate_fresh(ctx, |request| async move {
            if !request.caller.member().is_some_and(|access| access.is_operator) {
                return Ok(Payload::OperatorNeeded(OperatorNeededRejection::new()));
            }
            let (root, clock) = (&request.root, request.machine_clock());
            let id = input.membership_id.uuid();
            Ok(match erase::erase(&request.store, root, &request.caller, clock, id).await? {
                EraseOutcome::Done(row) => {
                    Payload::Success(MembershipSuccessPayload { membership: Some(Membership(row)) })
                }
                EraseOutcome::NotFound => Payload::NotFound(MembershipNotFoundRejection::new()),
                EraseOutcome::LastOwner => Payload::LastOwner(LastOwnerRejection::new()),
            })
        })
        .await
        .map(Some)
    }

    /// Ends all sessions of a member of the project, on all its devices. Null only if the mutation failed; see
    /// `errors`.
    async fn sign_out_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The mutation's input.")] input: SignOutMemberInput,
    ) -> Result<Option<ChangeMembershipPayload>> {
        mutate_fresh(ctx, |request| async move {
            let (id, clock) = (input.membership_id.uuid(), request.machine_clock());
            access::sign_out(&request.store, &request.caller, clock, id).await.map(Into::into)
        })
        .await
        .map(Some)
    }
}

impl From<ChangeOutcome> for ChangeMembershipPayload {
    fn from(outcome: ChangeOutcome) -> Self {
        match outcome {
            ChangeOutcome::Done(row) => {
                Self::Success(MembershipSuccessPayload { membership: Some(Membership(row)) })
            }
            ChangeOutcome::NotFound => Self::NotFound(MembershipNotFoundRejection::new()),
            ChangeOutcome::RoleNotFound => Self::RoleNotFound(RoleNotFoundRejection::new()),
            ChangeOutcome::RoleExceeds => Self::RoleExceeds(RoleExceedsRejection::new()),
            ChangeOutcome::LastOwner => Self::LastOwner(LastOwnerRejection::new()),
        }
    }
}

//! Who may read which fields of this concept.

use crate::auth::{
    Permission::{MembersManage, MembersView, ProjectManage},
    policy::rule::{
        DataClass::Plain,
        Requirement::{FreshOrRejected, One, Token},
        Row,
    },
};

/// The fields. A caller that may read what a member did may read the member's name.
pub const FIELDS: &[Row] = &[
    ("Actor", Token, Plain, &["id", "number", "label"]),
    ("Query", One(MembersView), Plain, &["memberships", "invitations", "roles"]),
    ("Query", Token, Plain, &["permissions"]),
    ("Query", One(ProjectManage), Plain, &["identityProviders"]),
    ("IdentityProvider", One(ProjectManage), Plain, &["label", "issuer", "isExclusive", "groupRoles"]),
    ("GroupRole", One(ProjectManage), Plain, &["group", "role", "tagLimits", "rank"]),
    ("PermissionInfo", Token, Plain, &["name", "description", "goesWithTagLimits", "needsFreshSignIn"]),
    ("Mutation", FreshOrRejected(MembersManage), Plain, &["inviteMember", "changeMembership"]),
    ("Mutation", FreshOrRejected(MembersManage), Plain, &["endMembership", "signOutMember"]),
    (
        "Mutation",
        FreshOrRejected(MembersManage),
        Plain,
        &["suspendMember", "eraseMember", "revokeInvitation"],
    ),
    ("Mutation", FreshOrRejected(MembersManage), Plain, &["createRole", "updateRole", "deleteRole"]),
    ("Membership", Token, Plain, &["id", "number", "label", "role", "tagLimits", "status", "createdAt"]),
    ("Membership", One(MembersView), Plain, &["email", "lastSeenAt"]),
    ("MembershipConnection", One(MembersView), Plain, &["edges", "pageInfo", "totalCount"]),
    ("MembershipEdge", One(MembersView), Plain, &["node", "cursor"]),
    ("Role", Token, Plain, &["id", "name", "builtIn", "permissions", "isMasked"]),
    ("Role", One(MembersView), Plain, &["memberCount", "version"]),
    ("Invitation", One(MembersView), Plain, &["id", "email", "role", "tagLimits", "createdAt", "expiresAt"]),
    ("InviteMemberSuccessPayload", Token, Plain, &["link"]),
    ("RevokeInvitationSuccessPayload", Token, Plain, &["invitationId"]),
    ("MembershipSuccessPayload", Token, Plain, &["membership"]),
    ("RoleSuccessPayload", Token, Plain, &["role"]),
];

crate::rejections! {
    /// The membership does not exist in the project, or has ended.
    MembershipNotFoundRejection: "the membership does not exist"
    /// The invitation does not exist in the project, was accepted, or has expired.
    InvitationNotFoundRejection: "the invitation does not exist, was accepted, or has expired"
    /// The caller is no operator of the installation.
    OperatorNeededRejection: "only operators of the installation may do this"
    /// The role does not exist in the project.
    RoleNotFoundRejection: "the role does not exist"
    /// The role has a permission that the caller lacks.
    RoleExceedsRejection: "the role has more permissions than the caller"
    /// The person is a member of the project.
    AlreadyMemberRejection: "this person is a member of the project"
    /// The project would be left without an owner.
    LastOwnerRejection: "the project would be left without an owner: make another member an owner first"
    /// The name of the role is taken.
    RoleNameTakenRejection: "another role of the project has this name"
    /// A permission does not exist.
    UnknownPermissionRejection: "a permission does not exist"
    /// Members have the role, or it is built in.
    RoleInUseRejection: "members have this role: give them another first"
}

//! Documents with the outcomes of the mutations of members and roles.

use entity::{
    credential::Strings,
    member_session::Method,
    membership::{self, Origin},
    role::BuiltIn,
    saved_view,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};
use uuid::Uuid;
use verigraph::{
    auth::Permission,
    member::{
        link,
        oidc::provider::{self, NewMapping, NewProvider},
        profile::Profile,
        role_changes::{self, RoleChange, RoleOutcome},
        roles, session,
        store::{self, NewMember, NewMembership},
    },
    saved_view::rules,
};

use crate::{harness::TestApp, members::invitation};

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

type Outcome = (&'static str, String);

/// The selection of each mutation besides the message of its rejections.
pub fn fields(name: &str) -> Option<&'static str> {
    Some(match name {
        "inviteMember" => "... on InviteMemberSuccessPayload { link }",
        "changeMembership" | "endMembership" | "signOutMember" | "suspendMember" | "eraseMember" => {
            "... on MembershipSuccessPayload { membership { id } }"
        }
        "revokeInvitation" => "... on RevokeInvitationSuccessPayload { invitationId }",
        "saveView" => "... on SaveViewSuccessPayload { savedView { id } }",
        "deleteView" => "... on DeleteViewSuccessPayload { viewId }",
        "createRole" | "updateRole" | "deleteRole" => "... on RoleSuccessPayload { role { id } }",
        _ => return None,
    })
}

fn of(name: &'static str, input: &str) -> Outcome {
    (name, format!("{name}(input: {{ {input} }})"))
}

/// Inserts a member with a role and returns its membership.
pub async fn member(app: &TestApp, email: &str, role: Uuid) -> Uuid {
    let transaction = app.store.begin().await.unwrap();
    let profile = Profile::new("Ada", email).unwrap();
    let new = NewMember { profile, locale: None, is_operator: false };
    let member = store::insert(&transaction, &app.root, &app.clock, new).await.unwrap();
    let new = NewMembership {
        project: app.project,
        member: member.id,
        role,
        tag_limits: None,
        origin: Origin::Cli,
    };
    let membership = store::add_membership(&transaction, &app.clock, new).await.unwrap();
    transaction.commit().await.unwrap();
    membership.id
}

/// The id of a built-in role.
pub async fn built_in(app: &TestApp, role: BuiltIn) -> Uuid {
    roles::ensure_built_in(app.store.write(), &app.clock, app.project).await.unwrap();
    roles::built_in(app.store.write(), app.project, role).await.unwrap().id
}

/// Inserts a membership and an invitation with a value in every field, and returns the membership.
pub async fn fixture(app: &TestApp) -> Uuid {
    let role = built_in(app, BuiltIn::Reviewer).await;
    let id = member(app, "ada@example.org", role).await;
    let tags = Some(Strings(vec!["vip".to_owned()]));
    let limited = membership::ActiveModel { id: Set(id), tag_limits: Set(tags), ..Default::default() };
    let row = limited.update(app.store.write()).await.unwrap();
    let transaction = app.store.begin().await.unwrap();
    let method = (row.member_id, Method::Password);
    let device = session::Device::default();
    session::create(&transaction, &app.root, &app.clock, method, &device).await.unwrap();
    transaction.commit().await.unwrap();
    invitation(app, "new@example.org", BuiltIn::Reviewer, Some(&["vip"])).await;
    provider(app, role).await;
    id
}

/// Saves views of everybody.
pub async fn saved_views(app: &TestApp) {
    for name in ["First", "Second"] {
        let input = format!("page: Users, name: \"{name}\", query: \"tag=vip\", isForEverybody: true");
        app.query(&format!("mutation {{ saveView(input: {{ {input} }}) {{ __typename }} }}")).await;
    }
}

/// Inserts an identity provider with a group that has a role in the project.
async fn provider(app: &TestApp, role: Uuid) {
    let new = NewProvider {
        label: "Acme".to_owned(),
        issuer: "https://id.example.org".to_owned(),
        client_id: "verigraph".to_owned(),
        client_secret: None,
        scopes: Vec::new(),
        groups_claim: None,
        is_exclusive: false,
    };
    let row = provider::row(&app.root, &app.clock, new).unwrap();
    let new = NewMapping {
        provider: row.id,
        group: "clerks".to_owned(),
        project: app.project,
        role,
        tag_limits: Some(vec!["vip".to_owned()]),
        rank: 1,
    };
    let transaction = app.store.begin().await.unwrap();
    provider::insert(&transaction, row).await.unwrap();
    provider::map(&transaction, &app.clock, new).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Outcomes, in the order in which to run them.
pub async fn outcomes(app: &TestApp) -> Vec<Outcome> {
    let (owner, auditor) = (built_in(app, BuiltIn::Owner).await, built_in(app, BuiltIn::Auditor).await);
    let first = member(app, "owner@example.org", owner).await;
    let caller = app.caller(&app.token).await;
    let change = RoleChange {
        name: Some("Clerk".to_owned()),
        permissions: Some(vec![Permission::UsersView]),
        is_masked: Some(false),
    };
    let created = role_changes::create_role(&app.store, &caller, &app.clock, change).await.unwrap();
    let RoleOutcome::Done(Some(role)) = created else { panic!("{created:?}") };
    let second = member(app, "clerk@example.org", role.id).await;
    let now = app.clock.now();
    invitation(app, "late@example.org", BuiltIn::Reviewer, None).await;
    let invited = link::invitations(app.store.write(), app.project, now).await.unwrap()[0].id;
    let invite =
        |email: &str, role: &str| of("inviteMember", &format!("email: \"{email}\", roleId: \"{role}\""));
    let views = views(app).await;
    let save = |input: &str| of("saveView", &format!("page: Users, isForEverybody: true, {input}"));
    vec![
        save("name: \"Last\", query: \"tag=vip\""),
        save("name: \"One too many\", query: \"\""),
        save("name: \"Search\", query: \"text=Doe\""),
        of("deleteView", &format!("viewId: \"{views}\"")),
        of("deleteView", &format!("viewId: \"{views}\"")),
        invite("new@example.org", &auditor.to_string()),
        invite("new@example.org", NOBODY),
        invite("owner@example.org", &auditor.to_string()),
        of("changeMembership", &format!("membershipId: \"{second}\", tagLimits: [\"vip\"]")),
        of("changeMembership", &format!("membershipId: \"{second}\", roleId: \"{NOBODY}\"")),
        of("changeMembership", &format!("membershipId: \"{first}\", roleId: \"{auditor}\"")),
        of("signOutMember", &format!("membershipId: \"{second}\"")),
        of("signOutMember", &format!("membershipId: \"{NOBODY}\"")),
        of("revokeInvitation", &format!("invitationId: \"{invited}\"")),
        of("revokeInvitation", &format!("invitationId: \"{invited}\"")),
        of("suspendMember", &format!("membershipId: \"{second}\"")),
        of("suspendMember", &format!("membershipId: \"{second}\", isSuspended: false")),
        of("suspendMember", &format!("membershipId: \"{first}\"")),
        of("eraseMember", &format!("membershipId: \"{second}\"")),
        of("createRole", "name: \"Caller\", permissions: [\"USERS:VIEW\"]"),
        of("createRole", "name: \"Owner\", permissions: []"),
        of("createRole", "name: \"Other\", permissions: [\"EVERYTHING\"]"),
        of("updateRole", &format!("roleId: \"{}\", isMasked: true", role.id)),
        of("updateRole", &format!("roleId: \"{owner}\", isMasked: true")),
        of("deleteRole", &format!("roleId: \"{}\"", role.id)),
        of("endMembership", &format!("membershipId: \"{first}\"")),
        of("endMembership", &format!("membershipId: \"{second}\"")),
        of("endMembership", &format!("membershipId: \"{second}\"")),
    ]
}

/// Inserts as many views of everybody as there may be, but one, and returns one of them.
async fn views(app: &TestApp) -> Uuid {
    let id = app.clock.new_id();
    let rows = (1..rules::VIEWS).map(|number| saved_view::ActiveModel {
        id: Set(if number == 1 { id } else { app.clock.new_id() }),
        project_id: Set(app.project),
        membership_id: Set(None),
        page: Set(saved_view::Page::Users),
        name: Set(format!("View {number}")),
        query: Set(String::new()),
    });
    saved_view::Entity::insert_many(rows).exec_without_returning(app.store.write()).await.unwrap();
    id
}

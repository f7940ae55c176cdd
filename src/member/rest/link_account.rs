//! The account and the memberships that a link gives.

use entity::{
    member,
    member_link::{Model as Link, Purpose},
    membership::Origin,
    project::Mode,
    role::BuiltIn,
};
use uuid::Uuid;

use crate::{
    Error,
    db::Transaction,
    http::ApiState,
    member::{
        profile::Profile,
        roles,
        store::{self, NewMember, NewMembership},
    },
    project,
};

/// Name of the project that the first member gets on an installation without one.
const FIRST_PROJECT: &str = "Main";

/// Inserts the member of a link, with its membership. The first member owns every project, and gets one if there is
/// none.
pub async fn create(
    app: &ApiState,
    transaction: &Transaction,
    link: &Link,
    (profile, locale): (&Profile, Option<&str>),
) -> Result<member::Model, Error> {
    let is_operator = link.is_operator || link.purpose == Purpose::SetUp;
    let new = NewMember { profile: profile.clone(), locale: locale.map(str::to_owned), is_operator };
    let member = store::insert(transaction, &app.root, &app.clock, new).await?;
    add_memberships(app, transaction, link, member.id).await?;
    Ok(member)
}

/// Adds the memberships that a link gives: one, or that of the owner of every project.
pub async fn add_memberships(
    app: &ApiState,
    transaction: &Transaction,
    link: &Link,
    member: Uuid,
) -> Result<(), Error> {
    let mut memberships = Vec::new();
    if let (Some(project), Some(role)) = (link.project_id, link.role_id) {
        let tag_limits = link.tag_limits.clone().map(|tags| tags.0);
        memberships.push((project, role, tag_limits));
    }
    if link.purpose == Purpose::SetUp {
        let mut projects = project::store::list_within(transaction).await?;
        if projects.is_empty() {
            let (id, mode) = (app.clock.new_id(), Mode::Live);
            projects.push(project::store::insert(transaction, &app.clock, id, FIRST_PROJECT, mode).await?);
        }
        for project in projects {
            roles::ensure_built_in(transaction, &app.clock, project.id).await?;
            let owner = roles::built_in(transaction, project.id, BuiltIn::Owner).await?;
            memberships.push((project.id, owner.id, None));
        }
    }
    for (project, role, tag_limits) in memberships {
        let origin = if link.created_by.is_some() { Origin::Invited } else { Origin::Cli };
        let new = NewMembership { project, member, role, tag_limits, origin };
        store::add_membership(transaction, &app.clock, new).await?;
    }
    Ok(())
}

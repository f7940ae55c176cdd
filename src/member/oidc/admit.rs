//! The account and the memberships of a person that signs in with an identity provider. A group that is mapped
//! gives a membership; a group that is gone ends it. Memberships of invitations and commands stay as they are.

use std::collections::{BTreeMap, BTreeSet};

use entity::{
    member,
    membership::{self, Model as Membership, Origin},
    oidc_mapping::Model as Mapping,
    oidc_provider::Model as Provider,
};
use oidc::Identity;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::{identity, provider};
use crate::{
    Result,
    audit::{self, Action, Entry},
    auth::ActorId,
    clock::Clock,
    crypto::RootKey,
    db::Transaction,
    member::{
        access,
        profile::Profile,
        store::{self, NewMember, NewMembership},
    },
};

/// The member who signs in, or the reason why the sign-in is rejected.
#[derive(Clone, Debug)]
pub enum Admission {
    Member(member::Model),
    /// No group of the person has a role here, and it has no account.
    NoGroup,
    /// The provider does not send an e-mail address that can be one.
    NoEmail,
    /// Another account has the e-mail address.
    EmailTaken,
    Suspended,
}

/// Admits a person: finds or makes its account, and gives it the memberships of its groups.
pub async fn admit(
    transaction: &Transaction,
    root: &RootKey,
    clock: &Clock,
    provider: &Provider,
    identity: &Identity,
) -> Result<Admission> {
    let roles = roles_of(provider::mappings(transaction, provider.id).await?, &identity.groups);
    let subject = (provider.id, identity.subject.as_str());
    let member = match identity::find(transaction, root, subject).await? {
        Some(known) => store::find(transaction, known.member_id).await?,
        None => None,
    };
    let member = if let Some(member) = member {
        if member.status != member::Status::Active {
            return Ok(Admission::Suspended);
        }
        member
    } else {
        if roles.is_empty() {
            return Ok(Admission::NoGroup);
        }
        let email = identity.email.as_deref().unwrap_or_default();
        let name = identity.name.as_deref().unwrap_or(email);
        let Ok(profile) = Profile::new(name, email).or_else(|_| Profile::new(email, email)) else {
            return Ok(Admission::NoEmail);
        };
        if store::find_by_email(transaction, root, &profile.email).await?.is_some() {
            return Ok(Admission::EmailTaken);
        }
        let new = NewMember { profile, locale: None, is_operator: false };
        let member = store::insert(transaction, root, clock, new).await?;
        identity::insert(transaction, root, clock, subject, member.id).await?;
        member
    };
    give(transaction, clock, (provider.id, member.id), roles).await?;
    Ok(Admission::Member(member))
}

/// The mapping that counts in each project: that of the lowest rank whose group the person has.
fn roles_of(mappings: Vec<Mapping>, groups: &[String]) -> BTreeMap<Uuid, Mapping> {
    let mut roles = BTreeMap::new();
    for mapping in mappings {
        if groups.contains(&mapping.group_name) {
            roles.entry(mapping.project_id).or_insert(mapping);
        }
    }
    roles
}

/// Gives a member these roles, and ends the memberships that the provider gave and no group has any more.
async fn give(
    transaction: &Transaction,
    clock: &Clock,
    (provider, member): (Uuid, Uuid),
    mut roles: BTreeMap<Uuid, Mapping>,
) -> Result<()> {
    let others = projects_of_others(transaction, provider, member).await?;
    let known = membership::Entity::find().filter(membership::Column::MemberId.eq(member));
    for row in known.all(transaction).await? {
        let role = roles.remove(&row.project_id);
        if let (Some(role), Some(_)) = (&role, row.ended_at) {
            add(transaction, clock, member, role).await?;
        } else if row.ended_at.is_none()
            && row.origin == Origin::Oidc
            && (role.is_some() || !others.contains(&row.project_id))
        {
            change(transaction, clock, row, role).await?;
        }
    }
    for role in roles.values() {
        add(transaction, clock, member, role).await?;
    }
    Ok(())
}

async fn add(transaction: &Transaction, clock: &Clock, member: Uuid, role: &Mapping) -> Result<()> {
    let new = NewMembership {
        project: role.project_id,
        member,
        role: role.role_id,
        tag_limits: role.tag_limits.clone().map(|tags| tags.0),
        origin: Origin::Oidc,
    };
    store::add_membership(transaction, clock, new).await.map(drop)
}

/// Changes a membership to a role, or ends it. The last owner of a project stays one.
async fn change(
    transaction: &Transaction,
    clock: &Clock,
    before: Membership,
    role: Option<Mapping>,
) -> Result<()> {
    let mut row = before.clone();
    let action = if let Some(role) = role {
        (row.role_id, row.tag_limits) = (role.role_id, role.tag_limits);
        Action::MembershipChanged
    } else {
        row.ended_at = Some(clock.now());
        Action::MembershipEnded
    };
    if row == before {
        return Ok(());
    }
    access::lock_project(transaction, row.project_id).await?;
    let had_owner = access::owners(transaction, row.project_id).await? > 0;
    store::update_membership(transaction, &row).await?;
    if had_owner && access::owners(transaction, row.project_id).await? == 0 {
        tracing::warn!(project = %row.project_id, "kept the last owner of a project, whose group is gone");
        return store::update_membership(transaction, &before).await;
    }
    let entry = Entry { project: row.project_id, action, resource: row.id, user: None };
    audit::record_by(transaction, clock, entry, Some(ActorId::Membership(row.id))).await
}

/// The projects in which other providers that know the member give roles.
async fn projects_of_others(
    transaction: &Transaction,
    provider: Uuid,
    member: Uuid,
) -> Result<BTreeSet<Uuid>> {
    let mut projects = BTreeSet::new();
    for known in identity::of_member(transaction, member).await? {
        if known.provider_id != provider {
            let mappings = provider::mappings(transaction, known.provider_id).await?;
            projects.extend(mappings.into_iter().map(|mapping| mapping.project_id));
        }
    }
    Ok(projects)
}

//! The demo's members: one for each built-in role, and one that is limited to a tag.

use std::sync::Arc;

use entity::{membership::Origin, role::BuiltIn};
use uuid::Uuid;

use crate::{
    Result,
    cli::open::Installation,
    member::{
        profile::Profile,
        roles,
        store::{self, NewMember, NewMembership},
    },
};

/// Name of the account in the sign-in path, name of the person, role, and tag limits.
const MEMBERS: [(&str, &str, BuiltIn, Option<&str>); 7] = [
    ("owner", "Olivia Owner", BuiltIn::Owner, None),
    ("admin", "Adam Admin", BuiltIn::Admin, None),
    ("reviewer", "Rosa Reviewer", BuiltIn::Reviewer, None),
    ("support", "Sam Support", BuiltIn::Support, None),
    ("developer", "Dora Developer", BuiltIn::Developer, None),
    ("auditor", "Aude Auditor", BuiltIn::Auditor, None),
    ("vip", "Vito Vip", BuiltIn::Reviewer, Some("vip")),
];

/// Inserts the members that are missing, and returns the accounts by name. They have no password: in a demo they
/// sign in by one click.
pub async fn fill(opened: &Installation, projects: [Uuid; 2]) -> Result<Arc<[(String, Uuid)]>> {
    let Installation { store, root, clock, .. } = opened;
    let mut accounts = Vec::new();
    for (account, name, role, tag) in MEMBERS {
        let email = format!("{account}@demo.example");
        let transaction = store.begin().await?;
        if let Some(member) = store::find_by_email(&transaction, root, &email).await? {
            accounts.push((account.to_owned(), member.id));
            continue;
        }
        let profile = Profile::new(name, &email)?;
        let is_operator = role == BuiltIn::Owner;
        let new = NewMember { profile, locale: None, is_operator };
        let member = store::insert(&transaction, root, clock, new).await?;
        // The owner of the demo has two projects to switch between.
        let count = if role == BuiltIn::Owner { 2 } else { 1 };
        for project in projects.into_iter().take(count) {
            roles::ensure_built_in(&transaction, clock, project).await?;
            let new = NewMembership {
                project,
                member: member.id,
                role: roles::built_in(&transaction, project, role).await?.id,
                tag_limits: tag.map(|tag| vec![tag.to_owned()]),
                origin: Origin::Cli,
            };
            store::add_membership(&transaction, clock, new).await?;
        }
        transaction.commit().await?;
        accounts.push((account.to_owned(), member.id));
    }
    Ok(accounts.into())
}

//! Finds users by values that are stored sealed, by keyed hashes: exact matches only.
//!
//! Only e-mail addresses and phone numbers are hashed here. Each belongs to nearly one user, so equal hashes
//! reveal nothing to a thief; hashes of a name, a birth date or a country would be revealed by their
//! frequency. A project may choose to have those of names: [`super::names`].

use entity::{
    user,
    user_lookup::{ActiveModel, Column, Entity, Kind, Model},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    Select, sea_query::Query,
};
use uuid::Uuid;

use super::{ValidPersonal, names};
use crate::{
    Result,
    crypto::Vault,
    db::{Store, Transaction, column::column},
    value::{email, phone},
};

/// Returns the lookup hash of a value, independent of its notation.
#[must_use]
pub fn hash(vault: &Vault, project: Uuid, kind: Kind, value: &str) -> Uuid {
    match kind {
        Kind::Email => vault.lookup(project, "e-mail address", &email::comparable(value)),
        Kind::Phone => vault.lookup(project, "telephone number", &phone::normalized(value.to_owned())),
    }
}

/// Inserts the rows by which users are found that are new, or have none: also the hashes of their names, if the
/// project has an index of them.
///
/// # Errors
///
/// When the database fails.
pub async fn insert(
    db: &impl ConnectionTrait,
    vault: &Vault,
    project: Uuid,
    users: &[(Uuid, &ValidPersonal)],
) -> Result<()> {
    let rows: Vec<_> =
        users.iter().flat_map(|(user, personal)| rows(vault, project, *user, personal)).collect();
    if !rows.is_empty() {
        Entity::insert_many(rows).exec_without_returning(db).await?;
    }
    names::store::insert(db, vault, project, users).await
}

/// Replaces the rows by which a user is found, in the transaction that writes the user. For an erased user no row
/// remains, because [`ValidPersonal::default`] has no values.
///
/// # Errors
///
/// When the database fails.
pub async fn write(
    transaction: &Transaction,
    vault: &Vault,
    project: Uuid,
    user: Uuid,
    personal: &ValidPersonal,
) -> Result<()> {
    let of_user = Condition::all().add(Column::ProjectId.eq(project)).add(Column::UserId.eq(user));
    Entity::delete_many().filter(of_user).exec(transaction).await?;
    names::store::delete(transaction, project, user).await?;
    insert(transaction, vault, project, &[(user, personal)]).await
}

/// The rows of a user's addresses and numbers.
fn rows(vault: &Vault, project: Uuid, user: Uuid, personal: &ValidPersonal) -> Vec<ActiveModel> {
    let emails = personal.get().verified_emails.iter().map(|email| (Kind::Email, email));
    let phones = personal.get().mobile_phone_number.iter().map(|phone| (Kind::Phone, phone));
    let mut known = Vec::new();
    for (kind, value) in emails.chain(phones) {
        let row = Model { project_id: project, kind, hash: hash(vault, project, kind, value), user_id: user };
        // One address may be written in two ways.
        if !known.contains(&row) {
            known.push(row);
        }
    }
    known.into_iter().map(|row| row.into_active_model().reset_all()).collect()
}

/// Selects the users of a project that match one of these hashes.
pub(super) fn among(
    users: Select<user::Entity>,
    store: &Store,
    project: Uuid,
    kind: Kind,
    hashes: &[Uuid],
) -> Select<user::Entity> {
    let found = Query::select()
        .column(Column::UserId)
        .from(Entity)
        .and_where(Column::ProjectId.eq(project))
        .and_where(Column::Kind.eq(kind))
        .and_where(store.dialect().id_in(column::<Entity>(Column::Hash), hashes))
        .take();
    users.filter(user::Column::Id.in_subquery(found))
}

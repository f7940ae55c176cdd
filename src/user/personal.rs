//! Personal data of users: sealed with the user's own key before it reaches the database.

use entity::user;
use sea_orm::{EntityTrait, prelude::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::rules::ValidPersonal;
use crate::{
    Error, Result,
    crypto::{AssociatedData, DataKey, KeySource, ProjectKeys, Vault, Wrapped},
    db::Store,
};

/// Personal data of a user. Unknown fields are `None`. The values are unchecked: only [`ValidPersonal`] can
/// be stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Personal {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_first_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_city: Option<String>,
    /// A code of [`crate::value::country`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_country: Option<String>,
    /// A code of [`crate::value::country`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nationality: Option<String>,
    /// E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mobile_phone_number: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verified_emails: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_notification_channel: Option<NotificationChannel>,
}

/// The channel by which a user receives notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotificationChannel {
    /// A notification of an app.
    App,
    /// A text message to the mobile phone number.
    Sms,
}

/// The columns of a user that depend on keys.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub project_key_id: Uuid,
    pub wrapped_key: Vec<u8>,
    pub personal: Vec<u8>,
}

impl Personal {
    /// Returns the given name and the family name.
    #[must_use]
    pub fn full_name(&self) -> Option<String> {
        let first = self.first_name.as_deref().or(self.all_first_names.as_deref());
        let names: Vec<&str> = [first, self.last_name.as_deref()].into_iter().flatten().collect();
        (!names.is_empty()).then(|| names.join(" "))
    }

    /// Opens the personal data of a row; empty if the user is erased or restricted.
    ///
    /// # Errors
    ///
    /// When the database fails, or the row was modified.
    pub async fn of(keys: &impl KeySource, row: &user::Model) -> Result<Self> {
        let (Some(key), Some(personal)) = (key_of(keys, row).await?, &row.personal) else {
            return Ok(Self::default());
        };
        let text = key.open(associated_data(row.project_id, row.id), personal)?;
        serde_json::from_slice(&text).map_err(|_| Error::Fault("the sealed data of a user is malformed"))
    }
}

impl ValidPersonal {
    /// Generates a user's key and seals the data of the new user.
    ///
    /// # Errors
    ///
    /// When the operating system provides no randomness.
    pub fn seal_new(&self, keys: &ProjectKeys, project: Uuid, user: Uuid) -> Result<Sealed> {
        let (key, wrapped) = keys.new_user(user)?;
        let personal = self.seal(&key, project, user)?;
        Ok(Sealed { project_key_id: wrapped.project_key, wrapped_key: wrapped.key, personal })
    }

    /// Seals the data with a user's key.
    ///
    /// # Errors
    ///
    /// When the operating system provides no randomness.
    pub fn seal(&self, key: &DataKey, project: Uuid, user: Uuid) -> Result<Vec<u8>> {
        let text =
            serde_json::to_vec(self.get()).map_err(|_| Error::Fault("failed to write a user as JSON"))?;
        Ok(key.seal(associated_data(project, user), &text)?)
    }
}

/// Returns the key of a user; `None` if the user is erased or restricted: then its data can be neither read
/// nor added to.
///
/// # Errors
///
/// When the database fails, or the row was modified.
pub async fn key_of(keys: &impl KeySource, row: &user::Model) -> Result<Option<DataKey>> {
    if row.status == user::Status::Restricted {
        return Ok(None);
    }
    let Some(key) = &row.wrapped_key else { return Ok(None) };
    let wrapped = Wrapped { project_key: row.project_key_id, key: key.clone() };
    keys.user(row.project_id, row.id, &wrapped).await.map(Some)
}

/// Returns the key for data of a user; without a user, the key for the project's own data. `None` if no data
/// can be stored for the user, because it is erased or restricted.
///
/// # Errors
///
/// When the database fails, the row was modified, or the user no longer exists.
pub async fn key_for(
    store: &Store,
    vault: &Vault,
    project: Uuid,
    user: Option<Uuid>,
) -> Result<Option<DataKey>> {
    let Some(user) = user else { return Ok(Some(vault.project(project).await?.common().clone())) };
    let row = user::Entity::find_by_id((user, project));
    let row = row.one(store.read()).await?.ok_or(Error::Fault("the user of a record does not exist"))?;
    key_of(vault, &row).await
}

const fn associated_data(project: Uuid, row: Uuid) -> AssociatedData<'static> {
    AssociatedData { scope: project, table: "users", column: "personal", row }
}

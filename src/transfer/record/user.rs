use entity::user;
use sea_orm::prelude::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    transfer::format::{Moment, Named},
    user::{NotificationChannel, Personal},
    value::date,
};

/// A user.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct User {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ref_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Named<user::Status>>,
    #[serde(with = "PersonalLine")]
    pub personal: Personal,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hold_reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Moment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined_at: Option<Moment>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Personal", rename_all = "camelCase")]
struct PersonalLine {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    all_first_names: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    birth_last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    preferred_last_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "date::deserialize_option")]
    birth_date: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    birth_city: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    birth_country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nationality: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mobile_phone_number: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    verified_emails: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    preferred_notification_channel: Option<NotificationChannel>,
}

impl User {
    /// A user of whom only the id is known.
    #[must_use]
    pub fn of(id: &str) -> Self {
        Self { id: id.to_owned(), ..Self::default() }
    }

    /// A user named by its id or by the caller's own id.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let ref_id = Uuid::try_parse(name).is_err().then(|| name.to_owned());
        Self { ref_id, ..Self::of(name) }
    }
}

use async_graphql::{Enum, InputObject, MaybeUndefined};
use entity::user::Status;

use crate::{
    graphql::{Cca3, Date, IdInput, PhoneNumber},
    user::{Personal, personal, store::update::UserChange},
};

/// The channel by which a user receives notifications.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(rename_items = "PascalCase", remote = "personal::NotificationChannel")]
pub enum NotificationChannel {
    /// A notification of an app.
    App,
    /// A text message to the mobile phone number.
    Sms,
}

/// Input of the `createUser` mutation. Omit what is not known.
#[derive(Clone, Debug, InputObject)]
pub struct CreateUserInput {
    /// The client's own id of the user: any text of 1 to 1024 bytes, unique in the project.
    ref_id: Option<String>,
    /// Given name in everyday use.
    first_name: Option<String>,
    /// All given names, as in the document.
    all_first_names: Option<String>,
    /// Family name, as in the document.
    last_name: Option<String>,
    /// The family name at birth.
    birth_last_name: Option<String>,
    /// Preferred family name.
    preferred_last_name: Option<String>,
    /// The day of birth.
    birth_date: Option<Date>,
    /// The place of birth.
    birth_city: Option<String>,
    /// The country of birth.
    birth_country: Option<Cca3>,
    /// The nationality.
    #[graphql(name = "nationalityCCA3")]
    nationality: Option<Cca3>,
    /// The mobile phone number.
    mobile_phone_number: Option<PhoneNumber>,
    /// E-mail addresses that were verified to belong to the user.
    verified_emails: Option<Vec<String>>,
    /// The channel on which the user wants notifications.
    preferred_notification_channel: Option<NotificationChannel>,
    /// Tags of the user.
    pub(super) tags: Option<Vec<String>>,
    /// Idempotency key, 1 to 255 characters of A-Z, a-z, 0-9, _ and -. A repeated request with the same key
    /// and input returns the first result for 24 hours.
    pub(super) idempotency_key: Option<String>,
}

/// Input of the `updateUser` mutation. Fields that are omitted keep their values; null removes the value.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateUserInput {
    /// Id of the user.
    pub(super) user_id: IdInput,
    /// The client's own id of the user: any text of 1 to 1024 bytes, unique in the project.
    pub(super) ref_id: MaybeUndefined<String>,
    /// Given name in everyday use.
    first_name: MaybeUndefined<String>,
    /// All given names, as in the document.
    all_first_names: MaybeUndefined<String>,
    /// Family name, as in the document.
    last_name: MaybeUndefined<String>,
    /// The family name at birth.
    birth_last_name: MaybeUndefined<String>,
    /// Preferred family name.
    preferred_last_name: MaybeUndefined<String>,
    /// The day of birth.
    birth_date: MaybeUndefined<Date>,
    /// The place of birth.
    birth_city: MaybeUndefined<String>,
    /// The country of birth.
    birth_country: MaybeUndefined<Cca3>,
    /// The nationality.
    #[graphql(name = "nationalityCCA3")]
    nationality: MaybeUndefined<Cca3>,
    /// The mobile phone number.
    mobile_phone_number: MaybeUndefined<PhoneNumber>,
    /// E-mail addresses that were verified to belong to the user. Replaces the previous list.
    verified_emails: Option<Vec<String>>,
    /// The channel on which the user wants notifications.
    preferred_notification_channel: MaybeUndefined<NotificationChannel>,
    /// Tags of the user. Replaces the previous list.
    pub(super) tags: Option<Vec<String>>,
    /// Whether to reactivate a deactivated user.
    pub(super) reactivate: Option<bool>,
    /// The `version` of the user that the changes were made to. If the user has another one, nothing is changed.
    /// Default: any.
    pub(super) expected_version: Option<i32>,
}

/// A new user, before validation.
#[derive(Clone, Debug)]
pub(super) struct UncheckedUser {
    pub ref_id: Option<String>,
    pub personal: Personal,
    pub tags: Vec<String>,
}

/// Returns the value of a field after the update.
fn settled<T: Clone>(to: &MaybeUndefined<T>, known: Option<T>) -> Option<T> {
    match to {
        MaybeUndefined::Undefined => known,
        MaybeUndefined::Null => None,
        MaybeUndefined::Value(value) => Some(value.clone()),
    }
}

impl CreateUserInput {
    /// Converts the input to a user, with texts in the form in which they are compared.
    pub(super) fn read(self) -> UncheckedUser {
        let personal = Personal {
            first_name: self.first_name,
            all_first_names: self.all_first_names,
            last_name: self.last_name,
            birth_last_name: self.birth_last_name,
            preferred_last_name: self.preferred_last_name,
            birth_date: self.birth_date.map(|date| date.0),
            birth_city: self.birth_city,
            birth_country: self.birth_country.map(|country| country.0),
            nationality: self.nationality.map(|country| country.0),
            mobile_phone_number: self.mobile_phone_number.map(|number| number.0),
            verified_emails: self.verified_emails.unwrap_or_default(),
            preferred_notification_channel: self.preferred_notification_channel.map(Into::into),
        };
        UncheckedUser {
            ref_id: self.ref_id,
            personal: personal.normalized(),
            tags: self.tags.unwrap_or_default(),
        }
    }
}

impl UpdateUserInput {
    /// Returns the changes other than those of personal data.
    pub(super) fn change(&self) -> UserChange {
        UserChange {
            ref_id: match &self.ref_id {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(id) => Some(Some(id.clone())),
            },
            tags: self.tags.clone(),
            status: self.reactivate.unwrap_or_default().then_some(Status::Active),
            expected_version: self.expected_version,
        }
    }

    /// Returns the personal data after the update.
    pub(super) fn applied(&self, known: Personal) -> Personal {
        let country = |to: &MaybeUndefined<Cca3>, known: Option<String>| {
            settled(to, known.map(Cca3)).map(|country| country.0)
        };
        let phone = known.mobile_phone_number.map(PhoneNumber);
        Personal {
            first_name: settled(&self.first_name, known.first_name),
            all_first_names: settled(&self.all_first_names, known.all_first_names),
            last_name: settled(&self.last_name, known.last_name),
            birth_last_name: settled(&self.birth_last_name, known.birth_last_name),
            preferred_last_name: settled(&self.preferred_last_name, known.preferred_last_name),
            birth_date: settled(&self.birth_date, known.birth_date.map(Date)).map(|date| date.0),
            birth_city: settled(&self.birth_city, known.birth_city),
            birth_country: country(&self.birth_country, known.birth_country),
            nationality: country(&self.nationality, known.nationality),
            mobile_phone_number: settled(&self.mobile_phone_number, phone).map(|number| number.0),
            verified_emails: self.verified_emails.clone().unwrap_or(known.verified_emails),
            preferred_notification_channel: settled(
                &self.preferred_notification_channel.map_value(Into::into),
                known.preferred_notification_channel,
            ),
        }
    }
}

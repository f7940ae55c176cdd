//! What plans know of `User`. In a file that no other imports, because the lists are of concepts that import the user.

use entity::user;
use futures_util::future::BoxFuture;

use super::User;
use crate::{
    Result,
    graphql::{
        ConnectionNode, FieldWriter, JsonText, Request,
        list::{ListField, list_field},
    },
    identification::graphql::Identifications,
    proofing::graphql::ProofingRequests,
    result::graphql::Results,
    session::graphql::VerificationSessions,
    user::{Personal, graphql::UserStatus},
    verification::graphql::Verifications,
};

/// Fields whose values are in the encrypted column of the row.
const PERSONAL: &[&str] = &[
    "firstName",
    "allFirstNames",
    "lastName",
    "birthLastName",
    "preferredLastName",
    "fullName",
    "birthDate",
    "birthCity",
    "birthCountry",
    "nationalityCCA3",
    "mobilePhoneNumber",
    "verifiedEmails",
    "preferredNotificationChannel",
    "masked",
];

impl ConnectionNode for User {
    type Row = user::Model;

    const WRITERS: &'static [(&'static str, FieldWriter<Self>)] = &[
        ("id", FieldWriter::Value(|user, json| json.id(user.row.id))),
        ("refId", FieldWriter::Value(|user, json| json.optional(user.row.ref_id.as_deref(), JsonText::text))),
        ("number", FieldWriter::Value(|user, json| json.number(user.row.number))),
        ("version", FieldWriter::Value(|user, json| json.int(user.row.version))),
        (
            "legalHoldReason",
            FieldWriter::Value(|user, json| json.optional(user.row.hold_reason.as_deref(), JsonText::text)),
        ),
        ("status", FieldWriter::Value(|user, json| json.one_of::<UserStatus>(user.row.status))),
        ("createdAt", FieldWriter::Value(|user, json| json.time(user.row.created_at))),
        ("updatedAt", FieldWriter::Value(|user, json| json.time(user.row.updated_at))),
        ("joinedAt", FieldWriter::Value(|user, json| json.optional(user.row.joined_at, JsonText::time))),
        ("firstName", FieldWriter::Value(|user, json| user.write(json, |it| it.first_name.as_deref()))),
        (
            "allFirstNames",
            FieldWriter::Value(|user, json| user.write(json, |it| it.all_first_names.as_deref())),
        ),
        ("lastName", FieldWriter::Value(|user, json| user.write(json, |it| it.last_name.as_deref()))),
        (
            "birthLastName",
            FieldWriter::Value(|user, json| user.write(json, |it| it.birth_last_name.as_deref())),
        ),
        (
            "preferredLastName",
            FieldWriter::Value(|user, json| user.write(json, |it| it.preferred_last_name.as_deref())),
        ),
        ("fullName", FieldWriter::Value(|user, json| user.write(json, Personal::full_name))),
        (
            "birthDate",
            FieldWriter::Value(|user, json| user.write(json, |it| it.birth_date.map(|day| day.to_string()))),
        ),
        ("birthCity", FieldWriter::Value(|user, json| user.write(json, |it| it.birth_city.as_deref()))),
        ("birthCountry", FieldWriter::Value(|user, json| user.write(json, |it| it.birth_country.as_deref()))),
        (
            "nationalityCCA3",
            FieldWriter::Value(|user, json| user.write(json, |it| it.nationality.as_deref())),
        ),
        (
            "mobilePhoneNumber",
            FieldWriter::Value(|user, json| user.write(json, |it| it.mobile_phone_number.as_deref())),
        ),
    ];

    const PREPARED: &'static [&'static str] = PERSONAL;

    const LISTS: &'static [ListField<Self>] = &[
        list_field::<Self, Identifications>("identifications", Self::as_owner),
        list_field::<Self, Verifications>("verifications", Self::as_owner),
        list_field::<Self, ProofingRequests>("proofingRequests", Self::as_owner),
        list_field::<Self, Results>("verificationResults", Self::as_owner),
        list_field::<Self, VerificationSessions>("verificationSessions", Self::as_owner),
    ];

    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] = &[
        ("ref_id", &["refId"]),
        ("source_id", &[]),
        ("wrapped_key", PERSONAL),
        ("personal", PERSONAL),
        ("joined_at", &["joinedAt"]),
        ("hold_reason", &["legalHoldReason"]),
    ];

    fn of(row: user::Model) -> Self {
        row.into()
    }

    fn row(&self) -> &user::Model {
        &self.row
    }

    /// Opens the personal data.
    fn prepare<'a>(users: &'a [Self], request: &'a Request) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            for user in users {
                user.personal.get_or_try_init(|| Personal::of(&request.vault, &user.row)).await?;
            }
            Ok(())
        })
    }
}

use async_graphql::{Context, Enum, ID, Object};
use entity::identification as table;

use super::{IdentificationProcess, IdentificationStatus, LevelStatuses, ProviderOf, level_writer::levels};
use crate::{
    Result,
    document::graphql::{DocumentOwner, DocumentsOf, IdentificationDocument},
    graphql::{ConnectionNode, DateTime, FieldWriter, JsonText, loader::load},
    level::graphql::{LevelChange, LevelChangesOf},
    user::graphql::{User, UserById},
};

/// Type of the identity document that was presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "IdentityDocumentType", rename_items = "PascalCase", remote = "table::DocumentType")]
pub enum DocumentType {
    /// An identity card.
    IdCard,
    /// A passport.
    Passport,
    /// A residence permit.
    ResidencePermit,
    /// A driver's license.
    DriversLicense,
}

/// One run of an identification process for a user.
pub struct Identification(pub table::Model);

impl ConnectionNode for Identification {
    type Row = table::Model;

    const WRITERS: &'static [(&'static str, FieldWriter<Self>)] = &[
        ("id", FieldWriter::Value(|it, json| json.id(it.0.id))),
        ("createdAt", FieldWriter::Value(|it, json| json.time(it.0.created_at))),
        ("updatedAt", FieldWriter::Value(|it, json| json.time(it.0.updated_at))),
        ("version", FieldWriter::Value(|it, json| json.int(it.0.version))),
        ("status", FieldWriter::Value(|it, json| json.one_of::<IdentificationStatus>(it.0.status))),
        ("process", FieldWriter::Value(|it, json| json.one_of::<IdentificationProcess>(it.0.process))),
        (
            "identityDocumentType",
            FieldWriter::Value(|it, json| {
                json.optional(it.0.identity_document_type, JsonText::one_of::<DocumentType>);
            }),
        ),
        ("levels", FieldWriter::Object(const { &levels::<Self>() })),
    ];

    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] = &[
        ("identity_document_type", &["identityDocumentType"]),
        ("expert_reasons", &["levels.expert.reasons"]),
        ("expert_expired_at", &["levels.expert.expiredAt"]),
        ("expert_valid_until", &["levels.expert.validUntil"]),
        ("qes_reasons", &["levels.qes.reasons"]),
        ("qes_expired_at", &["levels.qes.expiredAt"]),
        ("qes_valid_until", &["levels.qes.validUntil"]),
        ("pvid_reasons", &["levels.pvid.reasons"]),
        ("pvid_expired_at", &["levels.pvid.expiredAt"]),
        ("pvid_valid_until", &["levels.pvid.validUntil"]),
        ("due_at", &[]),
    ];

    fn of(row: table::Model) -> Self {
        Self(row)
    }

    fn row(&self) -> &table::Model {
        &self.0
    }
}

/// One run of an identification process for a user.
#[Object]
impl Identification {
    /// Id of the identification.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.into()
    }

    /// Time of the start.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Time of the last update.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// Number of changes of the identification, from 1. Events of the identification repeat it: an event with
    /// a lower number is older.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// Status of the identification, derived from the levels that its process awards.
    async fn status(&self) -> IdentificationStatus {
        self.0.status.into()
    }

    /// The process of the identification.
    async fn process(&self) -> IdentificationProcess {
        self.0.process.into()
    }

    /// Type of the document that the person presented. Null while none was presented.
    async fn identity_document_type(&self) -> Option<DocumentType> {
        self.0.identity_document_type.map(Into::into)
    }

    /// Statuses of the levels.
    async fn levels(&self) -> LevelStatuses<'_> {
        LevelStatuses(&self.0)
    }

    /// Changes of the levels, oldest first.
    async fn level_changes(&self, ctx: &Context<'_>) -> Result<Option<Vec<LevelChange>>> {
        let changes = load(ctx, LevelChangesOf(self.0.id)).await?.unwrap_or_default();
        Ok(Some(changes.into_iter().map(LevelChange::from).collect()))
    }

    /// Name of the other provider that made the check. Null if the check was made here, or if the user is erased.
    async fn provider(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        load(ctx, ProviderOf(self.0.id)).await
    }

    /// Documents that were captured for the identification, oldest first, at most 100.
    async fn documents(&self, ctx: &Context<'_>) -> Result<Option<Vec<IdentificationDocument>>> {
        let rows =
            load(ctx, DocumentsOf(DocumentOwner::Identification, self.0.id)).await?.unwrap_or_default();
        IdentificationDocument::all(ctx, rows).await.map(Some)
    }

    /// The user who is checked.
    async fn user(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        Ok(load(ctx, UserById(self.0.user_id)).await?.map(User::from))
    }
}

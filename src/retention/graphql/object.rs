use async_graphql::{Enum, SimpleObject};
use entity::retention_policy as table;

/// Class of data with a retention period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "RetentionDataClass", rename_items = "PascalCase", remote = "table::DataClass")]
pub enum DataClass {
    /// Images of documents and faces, counted from the upload.
    DocumentImages,
    /// Data that was read from documents, counted from the submission.
    DocumentFields,
    /// Addresses at which users were seen, counted from the start of the session.
    SessionMetadata,
    /// Data that verification results release, counted from the verification.
    ResultData,
    /// Images of proofing requests, each side counted from its upload. The upload time and whether the image
    /// showed a known document are kept.
    ProofingImages,
}

/// How long the project keeps a class of data.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct RetentionPolicy {
    /// Class of data.
    data_class: DataClass,
    /// Number of days that the data is kept. All data of users under a legal hold is kept.
    days: i32,
}

impl From<table::Model> for RetentionPolicy {
    fn from(row: table::Model) -> Self {
        Self { data_class: row.data_class.into(), days: row.days }
    }
}

use async_graphql::{Enum, SimpleObject};
use entity::retention_policy as table;

/// What is kept for some time and then no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(name = "RetentionDataClass", rename_items = "PascalCase", remote = "table::DataClass")]
pub enum DataClass {
    /// Images of documents and of faces, from when they were uploaded.
    DocumentImages,
    /// What was read out of documents, from when they were submitted.
    DocumentFields,
    /// Where users were seen, from when their session began.
    SessionMetadata,
    /// What verification results release, from when they were verified.
    ResultData,
    /// Images of proofing requests, each side from when it was uploaded. When that was, and whether it showed a known
    /// document, stays.
    ProofingImages,
}

/// How long the project keeps a class of data.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct RetentionPolicy {
    /// What is kept.
    data_class: DataClass,
    /// For how many days. Of users that are held back from erasure everything is kept.
    days: i32,
}

impl From<table::Model> for RetentionPolicy {
    fn from(row: table::Model) -> Self {
        Self { data_class: row.data_class.into(), days: row.days }
    }
}

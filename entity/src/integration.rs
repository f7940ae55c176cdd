use keyset::from_row_by_index;
use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp, credential::Strings};

/// A relying party's access to results, with the scopes that they release. Its secret is that of its
/// credential.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "integrations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub project_id: Uuid,
    pub label: String,
    /// Keyed hash of the API key.
    pub api_key_hash: Vec<u8>,
    /// Names of the scopes that results release from now on.
    pub scopes: Strings,
    pub created_at: Timestamp,
}

from_row_by_index! { id project_id label api_key_hash scopes created_at }

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("of relying parties");

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

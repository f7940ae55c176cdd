use sea_orm::entity::prelude::*;

use crate::TableData;

/// A keyed hash of a word of a user's name, by which the user is found. Only projects that have chosen to search by
/// index have such rows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, DeriveEntityModel)]
#[sea_orm(table_name = "user_name_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: Kind,
    /// The first bits of the hash, after a bit 1 that says how many they are: hashes of different lengths differ. Of
    /// [`Kind::Birth`], 64 bits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("keyed hashes, deleted with the user");

/// What is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
pub enum Kind {
    /// A word of a name.
    #[sea_orm(string_value = "WORD")]
    Word,
    /// The first three letters of a word.
    #[sea_orm(string_value = "START")]
    Start,
    /// The last word of a name, and the day of birth.
    #[sea_orm(string_value = "BIRTH")]
    Birth,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

use sea_orm::entity::prelude::*;

use crate::{TableData, Timestamp};

/// How far the hashes of a project's names are written, or deleted. A project without a row has none.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_name_indexes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub project_id: Uuid,
    pub state: State,
    /// Bits of the hashes of words.
    pub word_bits: i32,
    /// Bits of the hashes of beginnings of words.
    pub start_bits: i32,
    /// Bits of the hashes that are not replaced yet. Null: every user without hashes of the present lengths has none.
    pub former_word_bits: Option<i32>,
    pub former_start_bits: Option<i32>,
    /// Users of the project when the lengths were chosen.
    pub users: i64,
    /// Users that are done, and the number of the last of them.
    pub done: i64,
    pub last_number: i64,
    /// When the state was entered, by the clock of the machine.
    pub since: Timestamp,
}

/// What the table says about persons.
pub const DATA: TableData = TableData::NoPerson("the progress of an index");

/// What happens to the hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
pub enum State {
    /// Users are given hashes.
    #[sea_orm(string_value = "BUILDING")]
    Building,
    /// Every user has its hashes.
    #[sea_orm(string_value = "READY")]
    Ready,
    /// The hashes are deleted.
    #[sea_orm(string_value = "ENDING")]
    Ending,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

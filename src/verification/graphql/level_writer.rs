//! How the levels of a grant are written from what was prepared, as `level.rs` resolves them.

use entity::verification_level::Model;

use super::{Verification, object::GrantLevels};
use crate::graphql::{FieldWriter, JsonText, ObjectWriter};

/// One of the levels of a grant.
pub(super) trait Level {
    fn of(levels: &GrantLevels) -> Option<&Model>;
}

/// The level that was granted.
pub(super) struct Current;

/// The level before.
pub(super) struct Previous;

impl Level for Current {
    fn of(levels: &GrantLevels) -> Option<&Model> {
        Some(&levels.current)
    }
}

impl Level for Previous {
    fn of(levels: &GrantLevels) -> Option<&Model> {
        levels.previous.as_deref()
    }
}

impl Previous {
    /// Whether the grant has a level before.
    pub(super) fn exists(it: &Verification) -> bool {
        it.row.previous_level_id.is_some()
    }
}

/// A level of a grant.
pub(super) const fn level_writer<L: Level>() -> ObjectWriter<Verification> {
    ObjectWriter {
        name: "VerificationLevel",
        fields: const {
            &[
                ("id", FieldWriter::Value(|it, json| write::<L>(it, json, |json, level| json.id(level.id)))),
                (
                    "number",
                    FieldWriter::Value(|it, json| {
                        write::<L>(it, json, |json, level| json.number(level.number));
                    }),
                ),
                (
                    "name",
                    FieldWriter::Value(|it, json| write::<L>(it, json, |json, level| json.text(&level.name))),
                ),
                (
                    "index",
                    FieldWriter::Value(|it, json| write::<L>(it, json, |json, level| json.int(level.index))),
                ),
                (
                    "createdAt",
                    FieldWriter::Value(|it, json| {
                        write::<L>(it, json, |json, level| json.time(level.created_at));
                    }),
                ),
            ]
        },
    }
}

fn write<L: Level>(it: &Verification, json: &mut JsonText, write: impl FnOnce(&mut JsonText, &Model)) {
    match it.levels.get().and_then(L::of) {
        Some(level) => write(json, level),
        None => json.fail(),
    }
}

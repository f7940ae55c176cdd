//! How the statuses of an identification's levels are written from its row, as `level.rs` resolves them.

use entity::{
    Timestamp,
    identification::{Model, Reasons, Status},
};

use super::{Identification, IdentificationStatus, Reason};
use crate::graphql::{FieldWriter, JsonText, ObjectWriter};

/// The columns of one level.
trait Level {
    fn status(row: &Model) -> Status;
    fn reasons(row: &Model) -> Option<&Reasons>;
    fn expired_at(row: &Model) -> Option<Timestamp>;
    fn valid_until(row: &Model) -> Option<Timestamp>;
}

macro_rules! levels {
    ($($level:ident: $status:ident $reasons:ident $expired_at:ident $valid_until:ident;)*) => {$(
        struct $level;

        impl Level for $level {
            fn status(row: &Model) -> Status {
                row.$status
            }

            fn reasons(row: &Model) -> Option<&Reasons> {
                row.$reasons.as_ref()
            }

            fn expired_at(row: &Model) -> Option<Timestamp> {
                row.$expired_at
            }

            fn valid_until(row: &Model) -> Option<Timestamp> {
                row.$valid_until
            }
        }
    )*};
}

levels! {
    Expert: expert_status expert_reasons expert_expired_at expert_valid_until;
    Qes: qes_status qes_reasons qes_expired_at qes_valid_until;
    Pvid: pvid_status pvid_reasons pvid_expired_at pvid_valid_until;
}

/// `Identification.levels`.
pub(super) static LEVELS: ObjectWriter<Identification> = ObjectWriter {
    name: "IdentificationLevelStatusesInfo",
    fields: &[("expert", level::<Expert>()), ("qes", level::<Qes>()), ("pvid", level::<Pvid>())],
};

const fn level<L: Level>() -> FieldWriter<Identification> {
    FieldWriter::Union("IdentificationLevelStatusInfo", which::<L>, const { &types::<L>() })
}

/// The place of the row's type in [`types`].
fn which<L: Level>(it: &Identification) -> usize {
    match L::status(&it.0) {
        Status::NotSupported => 0,
        Status::NotStarted => 1,
        Status::Started => 2,
        Status::Pending => 3,
        Status::Canceled => 4,
        Status::Valid => 5,
        Status::Invalid => 6,
        Status::Expired => 7,
    }
}

const fn types<L: Level>() -> [ObjectWriter<Identification>; 8] {
    [
        ObjectWriter {
            name: "NotSupportedIdentificationLevelStatusInfo",
            fields: const { &[status::<L>()] },
        },
        ObjectWriter { name: "NotStartedIdentificationLevelStatusInfo", fields: const { &[status::<L>()] } },
        ObjectWriter { name: "StartedIdentificationLevelStatusInfo", fields: const { &[status::<L>()] } },
        ObjectWriter { name: "PendingIdentificationLevelStatusInfo", fields: const { &[status::<L>()] } },
        ObjectWriter { name: "CanceledIdentificationLevelStatusInfo", fields: const { &[status::<L>()] } },
        ObjectWriter {
            name: "ValidIdentificationLevelStatusInfo",
            fields: const { &[status::<L>(), ("validUntil", FieldWriter::Value(valid_until::<L>))] },
        },
        ObjectWriter {
            name: "InvalidIdentificationLevelStatusInfo",
            fields: const { &[status::<L>(), ("reasons", FieldWriter::Value(reasons::<L>))] },
        },
        ObjectWriter {
            name: "ExpiredIdentificationLevelStatusInfo",
            fields: const { &[status::<L>(), ("expiredAt", FieldWriter::Value(expired_at::<L>))] },
        },
    ]
}

const fn status<L: Level>() -> (&'static str, FieldWriter<Identification>) {
    ("status", FieldWriter::Value(write_status::<L>))
}

fn write_status<L: Level>(it: &Identification, json: &mut JsonText) {
    json.one_of::<IdentificationStatus>(L::status(&it.0));
}

fn valid_until<L: Level>(it: &Identification, json: &mut JsonText) {
    json.optional(L::valid_until(&it.0), JsonText::time);
}

fn reasons<L: Level>(it: &Identification, json: &mut JsonText) {
    let reasons = L::reasons(&it.0).map(|reasons| reasons.0.as_slice()).unwrap_or_default();
    json.list(reasons, |json, reason| json.one_of::<Reason>(*reason));
}

fn expired_at<L: Level>(it: &Identification, json: &mut JsonText) {
    json.time(L::expired_at(&it.0).unwrap_or(it.0.updated_at));
}

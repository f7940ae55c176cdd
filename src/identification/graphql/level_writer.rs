//! How the statuses of an identification's levels are written from its row, as `level.rs` resolves them.

use entity::{
    Timestamp,
    identification::{Model, Reasons, Status},
};

use super::{IdentificationStatus, Reason};
use crate::graphql::{ConnectionNode, FieldWriter, JsonText, ObjectWriter};

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

/// The type whose rows are identifications. Named by its row, so that this file is below it.
pub(super) trait Node: ConnectionNode<Row = Model> {}

impl<N: ConnectionNode<Row = Model>> Node for N {}

/// `Identification.levels`.
pub(super) const fn levels<N: Node>() -> ObjectWriter<N> {
    ObjectWriter {
        name: "IdentificationLevelStatusesInfo",
        fields: const {
            &[("expert", level::<N, Expert>()), ("qes", level::<N, Qes>()), ("pvid", level::<N, Pvid>())]
        },
    }
}

const fn level<N: Node, L: Level>() -> FieldWriter<N> {
    FieldWriter::Union("IdentificationLevelStatusInfo", which::<N, L>, const { &types::<N, L>() })
}

/// The place of the row's type in [`types`].
fn which<N: Node, L: Level>(it: &N) -> usize {
    match L::status(it.row()) {
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

const fn types<N: Node, L: Level>() -> [ObjectWriter<N>; 8] {
    [
        ObjectWriter {
            name: "NotSupportedIdentificationLevelStatusInfo",
            fields: const { &[status::<N, L>()] },
        },
        ObjectWriter {
            name: "NotStartedIdentificationLevelStatusInfo",
            fields: const { &[status::<N, L>()] },
        },
        ObjectWriter { name: "StartedIdentificationLevelStatusInfo", fields: const { &[status::<N, L>()] } },
        ObjectWriter { name: "PendingIdentificationLevelStatusInfo", fields: const { &[status::<N, L>()] } },
        ObjectWriter { name: "CanceledIdentificationLevelStatusInfo", fields: const { &[status::<N, L>()] } },
        ObjectWriter {
            name: "ValidIdentificationLevelStatusInfo",
            fields: const { &[status::<N, L>(), ("validUntil", FieldWriter::Value(valid_until::<N, L>))] },
        },
        ObjectWriter {
            name: "InvalidIdentificationLevelStatusInfo",
            fields: const { &[status::<N, L>(), ("reasons", FieldWriter::Value(reasons::<N, L>))] },
        },
        ObjectWriter {
            name: "ExpiredIdentificationLevelStatusInfo",
            fields: const { &[status::<N, L>(), ("expiredAt", FieldWriter::Value(expired_at::<N, L>))] },
        },
    ]
}

const fn status<N: Node, L: Level>() -> (&'static str, FieldWriter<N>) {
    ("status", FieldWriter::Value(write_status::<N, L>))
}

fn write_status<N: Node, L: Level>(it: &N, json: &mut JsonText) {
    json.one_of::<IdentificationStatus>(L::status(it.row()));
}

fn valid_until<N: Node, L: Level>(it: &N, json: &mut JsonText) {
    json.optional(L::valid_until(it.row()), JsonText::time);
}

fn reasons<N: Node, L: Level>(it: &N, json: &mut JsonText) {
    let reasons = L::reasons(it.row()).map(|reasons| reasons.0.as_slice()).unwrap_or_default();
    json.list(reasons, |json, reason| json.one_of::<Reason>(*reason));
}

fn expired_at<N: Node, L: Level>(it: &N, json: &mut JsonText) {
    json.time(L::expired_at(it.row()).unwrap_or(it.row().updated_at));
}

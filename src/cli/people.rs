use entity::{
    Timestamp,
    identification::{self, DocumentType, Process, Reason, Reasons, Status},
    level_change, user, user_tag,
};
use sea_orm::{ActiveValue::Set, prelude::Date};
use uuid::Uuid;

use crate::{
    Error, Result,
    clock::id_at,
    crypto::ProjectKeys,
    document::day,
    identification::{
        rules::{self, Levels},
        store::change::{LEVELS, levels, life},
    },
    user::{Personal, ValidPersonal},
};

/// The "present" of generated users: 2026-01-01T00:00:00Z. Fixed, so that generated data is reproducible.
pub const TODAY: Timestamp = Timestamp(1_767_225_600_000);
/// Seconds of a day.
pub const DAY: i64 = 24 * 60 * 60;
/// Validity in seconds of the levels `qes` and `pvid` of generated users: about five years, so that none
/// expires soon.
const VALID: i64 = 1_826 * DAY;

const FIRST: [&str; 16] = [
    "Anna", "Luca", "Mia", "Noah", "Léa", "Jürg", "Zoë", "Emil", "Sofía", "Jan", "Chloé", "Marek", "Aylin",
    "Olu", "Yuki", "Nora",
];
const LAST: [&str; 16] = [
    "Müller", "Rossi", "Dubois", "Meier", "García", "Novák", "Yılmaz", "Okafor", "Tanaka", "Jansen",
    "Kowalska", "Silva", "Brunner", "O'Neill", "Petrov", "Lund",
];
const CITY: [&str; 8] = ["Zürich", "Wien", "Lyon", "Praha", "Málaga", "Ankara", "Lagos", "Osaka"];
const COUNTRY: [&str; 8] = ["CHE", "AUT", "FRA", "CZE", "ESP", "TUR", "NGA", "JPN"];
const TAGS: [&str; 4] = ["vip", "retail", "business", "staff"];

/// A generated user with all its rows.
pub struct Person {
    pub user: Unsealed,
    pub tags: Vec<user_tag::ActiveModel>,
    pub identifications: Vec<identification::Model>,
}

/// A user whose data key does not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsealed {
    pub id: Uuid,
    pub project: Uuid,
    pub ref_id: String,
    pub source_id: Option<String>,
    pub number: i64,
    pub status: user::Status,
    pub personal: Personal,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub joined_at: Option<Timestamp>,
}

impl Unsealed {
    /// Seals the personal data and returns the row, with the data by which the user is found.
    pub fn seal(self, keys: &ProjectKeys) -> Result<(user::ActiveModel, ValidPersonal)> {
        let personal = self.personal.validate(day(self.updated_at));
        let personal = personal.map_err(|_| Error::Fault("a generated user is invalid"))?;
        let sealed = personal.seal_new(keys, self.project, self.id)?;
        let row = user::ActiveModel {
            id: Set(self.id),
            project_id: Set(self.project),
            ref_id: Set(Some(self.ref_id)),
            source_id: Set(self.source_id),
            number: Set(self.number),
            status: Set(self.status),
            project_key_id: Set(sealed.project_key_id),
            wrapped_key: Set(Some(sealed.wrapped_key)),
            personal: Set(Some(sealed.personal)),
            created_at: Set(self.created_at),
            updated_at: Set(self.updated_at),
            joined_at: Set(self.joined_at),
            version: Set(1),
            hold_reason: Set(None),
        };
        Ok((row, personal))
    }
}

/// Generates the user of a number: the same for the same number, project and seed, on every machine.
pub fn person(project: Uuid, seed: u64, number: i64, identifications: u32) -> Person {
    let (project_half, _) = project.as_u64_pair();
    let mut rng = fastrand::Rng::with_seed(seed ^ project_half.rotate_left(17) ^ number.unsigned_abs() << 20);
    let created_at = TODAY.plus_seconds(-rng.i64(DAY..900 * DAY));
    let id = id_at(created_at, rng_bytes(&mut rng));
    let joined_at = rng.bool().then(|| created_at.plus_seconds(rng.i64(60..DAY)));
    let (first, last, index) = (rng.choice(FIRST), rng.choice(LAST), rng.usize(..CITY.len()));
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    let identifications: Vec<_> =
        (0..identifications).map(|_| identification(&mut rng, project, id, created_at)).collect();
    let updated_at = identifications.iter().map(|(at, _)| *at).fold(created_at, Timestamp::max);
    let birth_date = Date::from_num_days_from_ce_opt(713_000 + rng.i32(0..18_000));
    let personal = Personal {
        first_name: Some(first.to_owned()),
        all_first_names: Some(first.to_owned()),
        last_name: Some(last.to_owned()),
        birth_date,
        birth_city: Some(CITY[index].to_owned()),
        birth_country: Some(COUNTRY[index].to_owned()),
        nationality: Some(COUNTRY[rng.usize(..COUNTRY.len())].to_owned()),
        mobile_phone_number: Some(format!("+4179{:07}", rng.u32(..10_000_000))),
        verified_emails: vec![format!("customer-{number}@example.com")],
        ..Personal::default()
    };
    let status = if rng.u8(..100) < 97 { user::Status::Active } else { user::Status::Deactivated };
    let user = Unsealed {
        id,
        project,
        ref_id: format!("customer-{number}"),
        source_id: None,
        number,
        status,
        personal,
        created_at,
        updated_at,
        joined_at,
    };
    let tags = TAGS.into_iter().filter(|_| rng.u8(..4) == 0);
    let tags = tags.map(|tag| user_tag::ActiveModel {
        user_id: Set(id),
        tag: Set(tag.to_owned()),
        project_id: Set(project),
    });
    let tags = tags.collect();
    Person { user, tags, identifications: identifications.into_iter().map(|(_, row)| row).collect() }
}

fn identification(
    rng: &mut fastrand::Rng,
    project: Uuid,
    user: Uuid,
    since: Timestamp,
) -> (Timestamp, identification::Model) {
    // The longest run takes two hours and is completed by `TODAY`.
    let span = (TODAY.seconds() - since.seconds()).max(DAY) - 2 * 60 * 60;
    let created_at = since.plus_seconds(rng.i64(0..span));
    let updated_at = Timestamp(created_at.plus_seconds(rng.i64(60..7_200)).0 + rng.i64(0..1_000));
    let process = [Process::Expert, Process::Qes, Process::Pvid][rng.usize(..3)];
    let status = match rng.u8(..100) {
        0..70 => Status::Valid,
        70..85 => Status::Invalid,
        85..90 => Status::Pending,
        90..94 => Status::Started,
        94..97 => Status::Canceled,
        _ => Status::Expired,
    };
    let reason = [Reason::BadDocumentLighting, Reason::ExpiredDocument, Reason::InsufficientFaceReadability];
    let reasons = Reasons(vec![reason[rng.usize(..reason.len())]]);
    let id = id_at(created_at, rng_bytes(rng));
    let run = Run { id, project, user, process, created_at, updated_at };
    let mut row = run.with(rules::levels(process, status), &reasons);
    // Some levels expire, so that forecasts have data.
    let end = updated_at.plus_seconds(VALID);
    row.qes_valid_until = (row.qes_status == Status::Valid).then_some(end);
    row.pvid_valid_until = (row.pvid_status == Status::Valid).then_some(end);
    row.due_at = row.qes_valid_until.or(row.pvid_valid_until);
    (updated_at, row)
}

/// An identification, without its progress.
#[derive(Clone, Copy)]
pub struct Run {
    pub id: Uuid,
    pub project: Uuid,
    pub user: Uuid,
    pub process: Process,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Run {
    /// The identification's row with these levels. Invalid levels get the reasons, expired ones the last
    /// time.
    pub fn with(self, levels: Levels, reasons: &Reasons) -> identification::Model {
        let [expert, qes, pvid] = levels;
        let why = |level| (level == Status::Invalid).then(|| reasons.clone());
        let when = |level| (level == Status::Expired).then_some(self.updated_at);
        identification::Model {
            id: self.id,
            project_id: self.project,
            user_id: self.user,
            process: self.process,
            status: rules::status(levels),
            identity_document_type: (expert != Status::Started).then_some(DocumentType::Passport),
            expert_status: expert,
            expert_reasons: why(expert),
            expert_expired_at: when(expert),
            qes_status: qes,
            qes_reasons: why(qes),
            qes_expired_at: when(qes),
            pvid_status: pvid,
            pvid_reasons: why(pvid),
            pvid_expired_at: when(pvid),
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: 1,
            // Unfinished runs get no due time and stay unchanged: generated users are for reading.
            due_at: None,
            expert_valid_until: None,
            qes_valid_until: None,
            pvid_valid_until: None,
        }
    }
}

/// The level history of a generated identification: one entry for each awarded level, the same for the same
/// row.
pub fn history(row: &identification::Model) -> impl Iterator<Item = level_change::Model> {
    let (is, ends) = (levels(row), life(row).valid_until);
    let expired = [row.expert_expired_at, row.qes_expired_at, row.pvid_expired_at];
    let (project_id, user_id, identification_id) = (row.project_id, row.user_id, row.id);
    let (updated_at, bytes) = (row.updated_at, row.id.into_bytes());
    let awarded = (0_u8..).zip(is).filter(|(_, is)| *is != Status::NotSupported);
    awarded.map(move |(number, status)| {
        let index = usize::from(number);
        let created_at = expired[index].unwrap_or(updated_at);
        // The random half of the identification's own id, made distinct by the level.
        let mut random = [number; 10];
        random[..9].copy_from_slice(&bytes[7..]);
        level_change::Model {
            id: id_at(created_at, random),
            project_id,
            user_id,
            identification_id,
            level: LEVELS[index],
            status,
            valid_until: ends[index],
            reason: None,
            created_at,
        }
    })
}

/// The random bytes of an id.
pub fn rng_bytes(rng: &mut fastrand::Rng) -> [u8; 10] {
    std::array::from_fn(|_| rng.u8(..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_always_generates_the_same_person() {
        let of = |number| {
            let person = person(Uuid::nil(), 7, number, 3);
            (person.user, person.identifications)
        };
        assert_eq!(of(42), of(42));
        assert_ne!(of(42).0.id, of(43).0.id);
    }

    #[test]
    fn the_generated_history_ends_with_the_status_of_each_level() {
        for row in (1..200).flat_map(|number| person(Uuid::nil(), 7, number, 3).identifications) {
            let history: Vec<_> = history(&row).collect();
            assert_eq!(
                history.len(),
                rules::awards(row.process).into_iter().filter(|awarded| *awarded).count()
            );
            for (index, status) in levels(&row).into_iter().enumerate() {
                let change = history.iter().find(|change| change.level == LEVELS[index]);
                assert_eq!(
                    change.map(|change| change.status),
                    (status != Status::NotSupported).then_some(status)
                );
                let end = change.and_then(|change| change.valid_until);
                assert_eq!(end, life(&row).valid_until[index]);
                assert!(end.is_none_or(|_| status == Status::Valid));
            }
            assert!(
                row.due_at.is_none_or(|due| row.status == Status::Valid && life(&row).due_at() == Some(due))
            );
        }
    }
}

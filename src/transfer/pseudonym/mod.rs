//! Pseudonymization: replaces the people of a project. Every record is kept, without data that identifies its
//! person. A person gets the same pseudonym in all records, and always the same for the same seed.

mod mrz;

use chrono::{Days, NaiveDate};
use ring::hmac;
use uuid::Uuid;

use super::{
    Record,
    record::{Document, User, VerificationResult},
};
use crate::{
    document::Fields,
    result::rules::{Data, day, midnight},
    user::Personal,
    value::date::is_writable,
};

const CONSONANTS: &[u8] = b"bdfgklmnprstvz";
const VOWELS: &[u8] = b"aeiou";
const COUNTRIES: [&str; 8] = ["CHE", "AUT", "FRA", "CZE", "ESP", "PRT", "NOR", "FIN"];
/// Replacement of free text.
const TEXT: &str = "pseudonymised";
/// The reason that the system sets for a first level. It contains no personal data and is kept.
const CREATED: &str = "created";

/// Generates pseudonyms from a seed.
pub struct Pseudonyms(hmac::Key);

/// The pseudonym of a person.
struct Person<'a> {
    all: &'a Pseudonyms,
    first: String,
    last: String,
    /// Days by which the person's times are moved into the past. Never into the future, which would give
    /// birth dates in the future.
    days: u64,
    id: String,
}

impl Pseudonyms {
    #[must_use]
    pub fn new(seed: &str) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, seed.as_bytes()))
    }

    fn hash(&self, what: &str, value: &str) -> [u8; 32] {
        let mut text = hmac::Context::with_key(&self.0);
        text.update(what.as_bytes());
        text.update(&[0]);
        text.update(value.as_bytes());
        let mut hash = [0; 32];
        hash.copy_from_slice(text.sign().as_ref());
        hash
    }

    fn number(&self, what: &str, value: &str) -> u64 {
        let hash = self.hash(what, value);
        hash[..8].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    }

    fn word(&self, what: &str, value: &str) -> String {
        let hash = self.hash(what, value);
        let mut word = String::new();
        for pair in hash.chunks(2).take(3 + usize::from(hash[31] % 2)) {
            word.push(char::from(CONSONANTS[usize::from(pair[0]) % CONSONANTS.len()]));
            word.push(char::from(VOWELS[usize::from(pair[1]) % VOWELS.len()]));
        }
        word[..1].to_uppercase() + &word[1..]
    }

    fn hex(&self, what: &str, value: &str) -> String {
        self.hash(what, value)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// A different id with the same time, so that ids of later rows still sort later.
    fn id(&self, id: Uuid) -> Uuid {
        let mut bytes = *id.as_bytes();
        bytes[6..].copy_from_slice(&self.hash("id", &id.to_string())[..10]);
        let milliseconds = bytes[..6].iter().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let mut random = [0; 10];
        random.copy_from_slice(&bytes[6..]);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
    }

    fn id_text(&self, text: &mut String) {
        *text = match Uuid::try_parse(text) {
            Ok(id) => self.id(id).to_string(),
            Err(_) => self.hex("id", text),
        };
    }

    fn person(&self, user: &str) -> Person<'_> {
        let days = self.number("days", user) % 600 + 30;
        let (first, last) = (self.word("first name", user), self.word("last name", user));
        Person { all: self, first, last, days, id: user.to_owned() }
    }

    /// Replaces digits and letters by others of the same kind.
    fn shaped(&self, what: &str, text: &str) -> String {
        let hash = self.hash(what, text);
        // Longer texts are not document numbers.
        let more = self.hash(what, &format!("{text} "));
        let mut bytes = hash.into_iter().chain(more).cycle();
        let mut next = |room: u8| bytes.next().unwrap_or_default() % room;
        text.chars()
            .map(|letter| match letter {
                '0'..='9' => char::from(b'0' + next(10)),
                'a'..='z' => char::from(b'a' + next(26)),
                letter if letter.is_alphabetic() => char::from(b'A' + next(26)),
                letter if letter.is_ascii() => letter,
                _ => '-',
            })
            .collect()
    }

    /// Replaces the person in a record.
    pub fn mask(&self, record: &mut Record) {
        match record {
            Record::VerificationLevel(_) => {}
            Record::User(user) => self.user(user),
            Record::Identification(it) => {
                self.id_text(&mut it.id);
                self.id_text(&mut it.user);
                if let Some(source) = &mut it.source {
                    source.reference = self.hex("reference", &source.reference);
                }
                for change in &mut it.history {
                    change.reason = change.reason.as_ref().map(|_| TEXT.to_owned());
                }
            }
            Record::ProofingRequest(it) => {
                self.id_text(&mut it.id);
                if let Some(user) = &mut it.user {
                    self.id_text(user);
                }
            }
            Record::Verification(it) => {
                self.id_text(&mut it.user);
                if it.reason != CREATED {
                    it.reason = format!("reason {}", self.hex("reason", &it.reason));
                }
            }
            Record::Session(it) => {
                self.id_text(&mut it.id);
                self.id_text(&mut it.user);
                it.source_id = it.source_id.as_ref().map(|id| self.hex("session", id));
                it.flow_id = it.flow_id.as_ref().map(|flow| format!("flow {}", self.hex("flow", flow)));
                for address in &mut it.addresses {
                    *address = format!("192.0.2.{}", self.number("address", address) % 256);
                }
            }
            Record::Document(it) => self.document(it),
            // Images are never exported with pseudonyms; if one is passed here, remove its content.
            Record::Image(it) => {
                self.id_text(&mut it.id);
                self.id_text(&mut it.user);
                for id in [&mut it.session, &mut it.document].into_iter().flatten() {
                    self.id_text(id);
                }
                it.data.clear();
            }
            Record::Result(it) => self.result(it),
        }
    }

    fn user(&self, it: &mut User) {
        self.person(&it.id).put(&mut it.personal);
        self.id_text(&mut it.id);
        it.ref_id = it.ref_id.as_ref().map(|id| format!("person {}", self.hex("refId", id)));
        it.source_id = it.source_id.as_ref().map(|id| self.hex("user", id));
        it.hold_reason = it.hold_reason.as_ref().map(|_| TEXT.to_owned());
    }

    fn document(&self, it: &mut Document) {
        self.person(&it.user).put_into(&mut it.fields);
        self.id_text(&mut it.id);
        self.id_text(&mut it.user);
        for id in [&mut it.session, &mut it.identification].into_iter().flatten() {
            self.id_text(id);
        }
    }

    fn result(&self, it: &mut VerificationResult) {
        if let Some(data) = &mut it.data {
            self.person(&it.user).put_released(data);
        }
        self.id_text(&mut it.id);
        self.id_text(&mut it.user);
        it.trace_id = self.id(it.trace_id);
        it.correlation_id = it.correlation_id.as_ref().map(|id| self.hex("correlation", id));
    }

    fn phone(&self, phone: &str) -> String {
        // A valid length, but an unassigned number: no Austrian number begins with zero after the country
        // code.
        format!("+430{:09}", self.number("phone", phone) % 1_000_000_000)
    }
}

impl Person<'_> {
    fn put(&self, personal: &mut Personal) {
        let all = self.all;
        let put = |known: &mut Option<String>, other: &dyn Fn() -> String| {
            if known.is_some() {
                *known = Some(other());
            }
        };
        put(&mut personal.first_name, &|| self.first.clone());
        put(&mut personal.all_first_names, &|| self.first.clone());
        put(&mut personal.last_name, &|| self.last.clone());
        put(&mut personal.birth_last_name, &|| all.word("birth name", &self.id));
        put(&mut personal.preferred_last_name, &|| self.last.clone());
        put(&mut personal.birth_city, &|| all.word("city", &self.id));
        put(&mut personal.birth_country, &|| all.country("birth", &self.id));
        put(&mut personal.nationality, &|| all.country("nationality", &self.id));
        personal.birth_date = personal.birth_date.map(|date| self.moved(date));
        personal.mobile_phone_number = personal.mobile_phone_number.as_ref().map(|phone| all.phone(phone));
        for email in &mut personal.verified_emails {
            let name = format!("{}.{}", self.first, self.last).to_lowercase();
            *email = format!("{name}.{}@example.com", all.hex("e-mail", &email.to_lowercase()));
        }
    }

    fn put_into(&self, fields: &mut Fields) {
        let all = self.all;
        let put = |known: &mut Option<String>, other: &str| {
            if let Some(text) = known {
                let is_loud = !text.chars().any(char::is_lowercase);
                *text = if is_loud { other.to_uppercase() } else { other.to_owned() };
            }
        };
        put(&mut fields.first_name, &self.first);
        put(&mut fields.last_name, &self.last);
        put(&mut fields.full_name, &format!("{} {}", self.first, self.last));
        put(&mut fields.place_of_birth, &all.word("city", &self.id));
        put(
            &mut fields.address,
            &format!("{} 1, {}", all.word("street", &self.id), all.word("town", &self.id)),
        );
        put(&mut fields.issuer, &format!("{} authority", all.word("issuer", &self.id)));
        fields.id_number = fields.id_number.as_ref().map(|number| all.shaped("number", number));
        fields.sex = fields.sex.as_ref().filter(|sex| ["M", "F", "X"].contains(&sex.as_str())).cloned();
        for date in [&mut fields.date_of_birth, &mut fields.date_of_issue, &mut fields.date_of_expiration] {
            *date = date.map(|date| self.moved(date));
        }
        if let Some(types) = &mut fields.doc_types {
            for text in types {
                TEXT.clone_into(text);
            }
        }
        if !fields.mrz.is_empty() {
            fields.mrz = mrz::zone(fields, (&self.first, &self.last), all.number("zone", &self.id));
        }
    }

    fn put_released(&self, data: &mut Data) {
        let all = self.all;
        data.identity_id = data.identity_id.map(|id| all.id(id));
        if let Some(name) = &mut data.name {
            name.full_name = name.full_name.as_ref().map(|_| format!("{} {}", self.first, self.last));
            name.first_name = name.first_name.as_ref().map(|_| self.first.clone());
            name.last_name = name.last_name.as_ref().map(|_| self.last.clone());
        }
        data.date_of_birth = data.date_of_birth.and_then(day).map(|date| midnight(self.moved(date)));
        data.phone = data.phone.as_ref().map(|phone| all.phone(phone));
    }

    fn moved(&self, date: NaiveDate) -> NaiveDate {
        date.checked_sub_days(Days::new(self.days)).filter(|date| is_writable(*date)).unwrap_or(date)
    }
}

impl Pseudonyms {
    fn country(&self, what: &str, user: &str) -> String {
        let index = self.number(what, user) % COUNTRIES.len() as u64;
        COUNTRIES[usize::try_from(index).unwrap_or_default()].to_owned()
    }
}

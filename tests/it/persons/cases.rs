//! The table of valid and invalid values of personal data.

/// A field of a person with its name in `createUser`, and a value.
pub type Case = (&'static str, String);

/// Values that every API accepts.
pub fn good() -> Vec<Case> {
    let texts = [
        ("firstName", "Ada"),
        ("lastName", "Suparman"),
        ("lastName", "O’Brien-D'Arcy"),
        ("firstName", "محمد"),
        ("firstName", "\u{200f}שרה"),
        ("lastName", "ශ්\u{200d}රී"),
        ("lastName", "Mu\u{308}ller"),
        ("birthDate", "1815-12-10"),
        ("birthDate", "2026-01-15"),
        ("birthDate", "0001-01-01"),
        ("nationalityCCA3", "XKX"),
        ("nationalityCCA3", "RKS"),
        ("nationalityCCA3", "XXA"),
        ("nationalityCCA3", "UNO"),
        ("birthCountry", "GBN"),
        ("mobilePhoneNumber", "+2290165111110"),
        ("mobilePhoneNumber", "+22997123456"),
        ("mobilePhoneNumber", "+41001234567"),
        ("mobilePhoneNumber", "+41 79 123 45 67"),
        ("mobilePhoneNumber", "+1 (201) 482-50.99"),
        ("email", "a+b@example.com"),
        ("email", "do\u{308}rte@bu\u{308}cher.example"),
    ];
    let long = [("firstName", "ณ".repeat(255)), ("lastName", "e\u{301}".repeat(255))];
    texts.into_iter().map(|(field, value)| (field, value.to_owned())).chain(long).collect()
}

/// Values that every API rejects.
pub fn bad() -> Vec<Case> {
    let texts = [
        ("firstName", ""),
        ("firstName", "   "),
        ("lastName", "\u{200b}"),
        ("lastName", "\u{feff}\u{a0}"),
        ("firstName", "a\0b"),
        ("lastName", "a\u{7}b"),
        ("lastName", "a\nb"),
        ("birthDate", "2533-05-05"),
        ("birthDate", "2026-01-16"),
        ("birthDate", "1990-2-3"),
        ("birthDate", "90-02-03"),
        ("birthDate", "+1990-02-03"),
        ("birthDate", " 1990-02-03"),
        ("birthDate", "0000-01-01"),
        ("birthDate", "-001-01-01"),
        ("birthDate", "1990-02-30"),
        ("birthDate", ""),
        ("nationalityCCA3", "QZQ"),
        ("nationalityCCA3", "CH"),
        ("nationalityCCA3", "che"),
        ("birthCountry", "ZZZ"),
        ("mobilePhoneNumber", "+41"),
        ("mobilePhoneNumber", "0791234567"),
        ("mobilePhoneNumber", "+417912345678901"),
        ("mobilePhoneNumber", "+99912345678"),
        ("mobilePhoneNumber", "+41 (0)79 123 45 67"),
        ("email", "nope"),
        ("email", "a@b@c"),
        ("email", "a b@c.d"),
        ("email", "ada@"),
    ];
    let long = [("firstName", "ณ".repeat(256)), ("email", format!("{}@example.com", "a".repeat(65)))];
    texts.into_iter().map(|(field, value)| (field, value.to_owned())).chain(long).collect()
}

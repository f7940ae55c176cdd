//! What can be said of a user. Pure decisions.

use chrono::NaiveDate;

use super::Personal;

/// The longest name, in letters of whatever script.
const NAME: usize = 255;
/// The longest e-mail address, in bytes: RFC 5321 has no longer path.
const EMAIL: usize = 254;
/// E-mail addresses of a user at most.
const EMAILS: usize = 20;
/// The longest tag, in letters.
const TAG: usize = 100;
/// Tags of a user at most.
const TAGS: usize = 50;

/// What cannot be said of a user: the field, and why not.
pub type Wrong = (&'static str, String);

/// Whether something can be said of a user today.
///
/// # Errors
///
/// The first field that cannot be so.
pub fn check(personal: &Personal, today: NaiveDate) -> Result<(), Wrong> {
    let names = [
        ("firstName", &personal.first_name),
        ("allFirstNames", &personal.all_first_names),
        ("lastName", &personal.last_name),
        ("birthLastName", &personal.birth_last_name),
        ("preferredLastName", &personal.preferred_last_name),
        ("birthCity", &personal.birth_city),
    ];
    for (name, text) in names {
        if text.as_ref().is_some_and(|text| !is_text(text, NAME)) {
            return Err((
                name,
                format!("write 1 to {NAME} characters, not only spaces and none of them NUL"),
            ));
        }
    }
    if personal.birth_date.is_some_and(|day| day > today) {
        return Err(("birthDate", "nobody was born after today".to_owned()));
    }
    let emails = &personal.verified_emails;
    if emails.len() > EMAILS || !emails.iter().all(|email| is_email(email)) {
        return Err((
            "verifiedEmails",
            format!("give at most {EMAILS} e-mail addresses, such as ada@example.com"),
        ));
    }
    Ok(())
}

/// Whether a user can carry these tags.
///
/// # Errors
///
/// Why not.
pub fn check_tags(tags: &[String]) -> Result<(), Wrong> {
    if tags.len() > TAGS || !tags.iter().all(|tag| is_text(tag, TAG)) {
        return Err(("tags", format!("give at most {TAGS} tags of 1 to {TAG} characters")));
    }
    Ok(())
}

fn is_text(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most && !text.contains('\0')
}

/// Not whether it is one, which only a message can tell, but whether it could be.
fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty());
    text.len() <= EMAIL
        && parts.is_some()
        && !text.chars().any(|sign| sign.is_whitespace() || sign.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn names_of_any_script_and_people_of_any_century_can_be_kept() {
        for name in ["Ada", "李小龙", "محمد", "Þórunn", "O’Brien-García", "X", "\u{1f600}", &"é".repeat(255)]
        {
            let personal = Personal {
                first_name: Some(name.to_owned()),
                birth_date: Some(day(1815, 12, 10)),
                ..Personal::default()
            };
            assert_eq!(check(&personal, day(2026, 1, 15)), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_said_is_named() {
        let today = day(2026, 1, 15);
        let named = |text: &str| Personal { last_name: Some(text.to_owned()), ..Personal::default() };
        for bad in ["", "   ", "a\0b", &"é".repeat(256)] {
            assert_eq!(check(&named(bad), today).unwrap_err().0, "lastName", "{bad:?}");
        }
        let born = Personal { birth_date: Some(day(2026, 1, 16)), ..Personal::default() };
        assert_eq!(check(&born, today).unwrap_err().0, "birthDate");
        for bad in ["", "ada", "@example.com", "ada@", "a b@c", &format!("{}@b.c", "a".repeat(251))] {
            let personal = Personal { verified_emails: vec![bad.to_owned()], ..Personal::default() };
            assert_eq!(check(&personal, today).unwrap_err().0, "verifiedEmails", "{bad:?}");
        }
        assert_eq!(check_tags(&["vip".to_owned()]), Ok(()));
        assert_eq!(check_tags(&[" ".to_owned()]).unwrap_err().0, "tags");
        assert_eq!(check_tags(&vec!["a".to_owned(); 51]).unwrap_err().0, "tags");
    }
}

//! A member's name and e-mail address. They are sealed by a key of the member, so that deleting the key erases
//! them, also from copies of the database.

use entity::member;
use sealing::{AssociatedData, DataKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, Result, crypto::RootKey};

/// Maximum length of a name, in characters.
const NAME: usize = 100;
/// Maximum length of an e-mail address, in bytes (RFC 5321).
const EMAIL: usize = 254;

/// A member's name and e-mail address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub email: String,
}

/// A profile, and the key that seals it.
pub struct SealedProfile {
    pub wrapped_key: Vec<u8>,
    pub personal: Vec<u8>,
    pub email_hash: Vec<u8>,
}

impl Profile {
    /// Creates a profile of what a person has typed.
    ///
    /// # Errors
    ///
    /// [`Error::Argument`] that names the field.
    pub fn new(name: &str, email: &str) -> Result<Self> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
            return Err(Error::argument("name", format!("write a name of 1 to {NAME} characters")));
        }
        Ok(Self { name: name.to_owned(), email: email_address(email)? })
    }

    /// Seals the profile of a new member with a new key.
    ///
    /// # Errors
    ///
    /// When the operating system provides no randomness.
    pub fn seal(&self, root: &RootKey, member: Uuid) -> Result<SealedProfile> {
        let key = DataKey::generate()?;
        let text = serde_json::to_vec(self).map_err(|_| Error::Fault("failed to write a profile as JSON"))?;
        Ok(SealedProfile {
            wrapped_key: root.member_wrapping_key().wrap_key(of(member, "wrapped_key"), &key)?,
            personal: key.seal(of(member, "personal"), &text)?,
            email_hash: root.member_email(&self.email),
        })
    }

    /// Opens the profile of a member. `None` if the member is erased.
    ///
    /// # Errors
    ///
    /// When the row was sealed with another root key.
    pub fn open(root: &RootKey, row: &member::Model) -> Result<Option<Self>> {
        let Some(key) = key(root, row)? else { return Ok(None) };
        let text = key.open(of(row.id, "personal"), &row.personal)?;
        let profile = serde_json::from_slice(&text);
        profile.map(Some).map_err(|_| Error::Fault("the profile of a member is not JSON"))
    }
}

/// Checks an e-mail address that a person has typed, and returns it without surrounding spaces.
///
/// # Errors
///
/// [`Error::Argument`] if it cannot be an address.
pub fn email_address(text: &str) -> Result<String> {
    let text = text.trim();
    let is_plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control());
    let is_address = text.len() <= EMAIL
        && text.rsplit_once('@').is_some_and(|(local, domain)| is_plain(local) && is_plain(domain));
    if !is_address {
        return Err(Error::argument("email", "write an address such as anna@example.org"));
    }
    Ok(text.to_owned())
}

/// Returns the key that seals what a member has. `None` if the member is erased.
///
/// # Errors
///
/// When the row was sealed with another root key.
pub fn key(root: &RootKey, row: &member::Model) -> Result<Option<DataKey>> {
    if row.status == member::Status::Removed {
        return Ok(None);
    }
    Ok(Some(root.member_wrapping_key().unwrap_key(of(row.id, "wrapped_key"), &row.wrapped_key)?))
}

fn of(member: Uuid, column: &'static str) -> AssociatedData<'static> {
    AssociatedData { scope: member, table: "members", column, row: member }
}

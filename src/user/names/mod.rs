//! Search by name with an index: keyed hashes of the words of names, cut so short that users share them.
//!
//! | file | content |
//! |---|---|
//! | `build` | switches the index on and off, and writes or deletes the hashes in steps |
//! | `find` | finds users by the hashes |
//! | `store` | the hashes of users |

use std::collections::HashSet;

use entity::{user_name_index, user_name_token::Kind};
use sea_orm::prelude::Date;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use uuid::Uuid;

use super::Personal;
use crate::crypto::Vault;

pub mod build;
pub mod find;
pub mod store;

/// Letters of the beginning of a word that is found by its beginning.
pub const START: usize = 3;
/// Words that share the hash of a word, on average, at least.
const WORDS: u64 = 16;
/// Users that share the hash of a beginning, on average, at least.
const USERS: u64 = 64;
const WORD_BITS: (u32, u32) = (8, 24);
const START_BITS: (u32, u32) = (6, 14);

/// How many bits of the hashes are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bits {
    pub word: u32,
    pub start: u32,
}

impl Bits {
    /// The lengths for a project with this many users. Each is taken to have two words: with more, more users share
    /// a hash.
    #[must_use]
    pub fn of(users: u64) -> Self {
        let bits = |of: u64, (least, most): (u32, u32)| of.max(1).ilog2().clamp(least, most);
        Self { word: bits(users * 2 / WORDS, WORD_BITS), start: bits(users / USERS, START_BITS) }
    }

    /// The lengths that new hashes have.
    #[must_use]
    pub fn present(index: &user_name_index::Model) -> Self {
        Self { word: index.word_bits.unsigned_abs(), start: index.start_bits.unsigned_abs() }
    }

    /// The lengths of the hashes that are not replaced yet.
    #[must_use]
    pub fn former(index: &user_name_index::Model) -> Option<Self> {
        let (word, start) = (index.former_word_bits?, index.former_start_bits?);
        Some(Self { word: word.unsigned_abs(), start: start.unsigned_abs() })
    }
}

/// The hash of a word of a name, of its beginning, or of it together with a day of birth.
#[derive(Clone, Copy, Debug)]
pub struct Hasher<'a> {
    pub vault: &'a Vault,
    pub project: Uuid,
}

impl Hasher<'_> {
    /// The hash of a whole word.
    #[must_use]
    pub fn word(&self, word: &str, bits: Bits) -> i64 {
        cut(self.hash("name word", word), bits.word)
    }

    /// The hash of the beginning of a word; `None` if it is too short to have one.
    #[must_use]
    pub fn start(&self, word: &str, bits: Bits) -> Option<i64> {
        let (end, last) = word.char_indices().nth(START - 1)?;
        let start = &word[..end + last.len_utf8()];
        Some(cut(self.hash("name start", start), bits.start))
    }

    /// The hash of the last word of a name and a day of birth. Nearly every user has its own, which says nearly
    /// nothing, so it is not cut.
    #[must_use]
    pub fn birth(&self, word: &str, birth: Date) -> i64 {
        self.hash("name birth", &format!("{word} {birth}")).cast_signed()
    }

    /// The hashes of a user's names.
    #[must_use]
    pub fn all(&self, personal: &Personal, bits: Bits) -> HashSet<(Kind, i64)> {
        let mut found = HashSet::new();
        for name in names(personal) {
            let words = words(name);
            for word in &words {
                found.insert((Kind::Word, self.word(word, bits)));
                found.extend(self.start(word, bits).map(|bucket| (Kind::Start, bucket)));
            }
            if let (Some(last), Some(birth)) = (words.last(), personal.birth_date) {
                found.insert((Kind::Birth, self.birth(last, birth)));
            }
        }
        found
    }

    fn hash(&self, what: &str, value: &str) -> u64 {
        self.vault.lookup(self.project, what, value).as_u64_pair().0
    }
}

/// The first bits of a hash, after a bit 1: a hash of another length is another number.
const fn cut(hash: u64, bits: u32) -> i64 {
    (1 << bits | hash >> (u64::BITS - bits)).cast_signed()
}

/// The names of a user.
pub fn names(personal: &Personal) -> impl Iterator<Item = &str> {
    let names = [
        &personal.first_name,
        &personal.all_first_names,
        &personal.last_name,
        &personal.birth_last_name,
        &personal.preferred_last_name,
    ];
    names.into_iter().flatten().map(String::as_str)
}

/// The words of a name as they are compared: without marks, in small letters, `ß` as `ss`.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let folded = name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let mut text = String::with_capacity(name.len());
    for c in folded {
        match c {
            'ß' => text.push_str("ss"),
            'ø' => text.push('o'),
            'ł' => text.push('l'),
            'đ' => text.push('d'),
            'æ' => text.push_str("ae"),
            'œ' => text.push_str("oe"),
            c => text.push(c),
        }
    }
    let is_end = |c: char| c.is_whitespace() || matches!(c, '-' | '\'' | '’' | '.' | ',');
    text.split(is_end).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_shared_by_enough_words_and_users() {
        assert_eq!(Bits::of(0), Bits { word: 8, start: 6 });
        assert_eq!(Bits::of(100_000), Bits { word: 13, start: 10 });
        assert_eq!(Bits::of(1_000_000), Bits { word: 16, start: 13 });
        assert_eq!(Bits::of(u64::MAX / 4), Bits { word: 24, start: 14 });
    }

    #[test]
    fn hashes_of_different_lengths_differ() {
        assert_eq!((cut(0, 6), cut(0, 7), cut(u64::MAX, 6)), (64, 128, 127));
    }

    #[test]
    fn a_name_is_folded_into_words() {
        assert_eq!(words("Jean-Luc  d'Été"), ["jean", "luc", "d", "ete"]);
        assert_eq!(words("Weiß Ångström ﬁn"), ["weiss", "angstrom", "fin"]);
        assert_eq!(words(" - "), [""; 0]);
    }
}

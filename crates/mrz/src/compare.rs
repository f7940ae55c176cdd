//! Whether a name, as a person or another field writes it, contradicts the name of a zone.
//!
//! A name is compared word by word, letter by letter, each letter in each of its spellings. The work is
//! bounded: for each letter of the name, a set of at most 64 positions of the zone is advanced, regardless of
//! the spellings before it.
//!
//! A shortened name contradicts nothing: words missing in the name; given names missing in the zone; initials
//! in either; and, if the zone has no room left, a shortened end of any of its components.

use crate::{
    Name, Names,
    letters::{Letter, words},
};

impl Names {
    /// Whether a family name differs from the zone's. A name without letters contradicts nothing.
    #[must_use]
    pub fn contradicts_last_name(&self, name: &str) -> bool {
        let in_zone = if self.primary.components.is_empty() { &self.secondary } else { &self.primary };
        !Text::of(in_zone).admits(&words(name), in_zone.is_truncated)
    }

    /// Whether given names differ from the zone's. The single name of a person with one name may be given as
    /// either.
    #[must_use]
    pub fn contradicts_first_name(&self, name: &str) -> bool {
        let words = words(name);
        if !self.secondary.components.is_empty() {
            return !Text::of(&self.secondary).admits(&words, true);
        }
        // A full zone has no room for given names.
        !self.primary.is_truncated && !Text::of(&self.primary).admits(&words, false)
    }
}

/// A set of positions in a name of a zone, which has fewer than 64 characters.
type Positions = u64;

/// The components of a name, separated by fillers.
struct Text {
    text: Vec<u8>,
    is_truncated: bool,
}

impl Text {
    fn of(name: &Name) -> Self {
        let mut text = name.components.join("<").into_bytes();
        text.truncate(Positions::BITS as usize - 1);
        Self { text, is_truncated: name.is_truncated }
    }

    /// Whether the words are this name or a part of it; or, if words may be missing here, whether this name
    /// is their beginning.
    fn admits(&self, words: &[Vec<Letter>], words_may_be_missing: bool) -> bool {
        words.is_empty() || self.has_words(words) || (words_may_be_missing && self.is_beginning_of(words))
    }

    /// Whether the words are components in this order, possibly with others between them.
    fn has_words(&self, words: &[Vec<Letter>]) -> bool {
        let starts = self.starts();
        let mut positions = starts;
        let mut ends = 0;
        for word in words {
            let after = self.after_word(word, positions);
            ends = self.only_ends(after);
            // Every component after the earliest end may be the next.
            let later = if ends == 0 { 0 } else { starts & (!0 << ends.trailing_zeros()) };
            positions = after | later;
        }
        ends != 0
    }

    /// Whether the first words are all components.
    fn is_beginning_of(&self, words: &[Vec<Letter>]) -> bool {
        let mut positions = 1;
        for word in words {
            let after = self.after_word(word, positions);
            if after & bit(self.text.len()) != 0 {
                return true;
            }
            positions = after | (self.only_ends(after) << 1);
        }
        false
    }

    /// The positions after a word that starts at one of the given positions.
    fn after_word(&self, word: &[Letter], from: Positions) -> Positions {
        let mut ended = self.after_initial(word, from);
        let mut positions = from;
        for (index, letter) in word.iter().enumerate() {
            if self.is_truncated && index > 0 {
                ended |= self.only_ends(positions);
            }
            let mut next = 0;
            for at in each(positions) {
                next |= self.after_letter(*letter, at, &mut ended);
            }
            positions = next;
        }
        positions | ended
    }

    /// The positions after an initial: a component of one letter, or a word of one letter.
    fn after_initial(&self, word: &[Letter], from: Positions) -> Positions {
        let Some((Letter::Spelled(spellings) | Letter::Consonant(spellings), rest)) = word.split_first()
        else {
            return 0;
        };
        let mut after = 0;
        for at in each(from & self.starts()) {
            let end = self.end(at);
            let is_initial = end == at + 1 || rest.is_empty();
            let mut firsts = spellings.iter().filter_map(|spelling| spelling.bytes().next());
            if is_initial && firsts.any(|first| self.text.get(at) == Some(&first)) {
                after |= bit(end);
            }
        }
        after
    }

    /// The positions after a letter. If the zone is truncated, the end of a component within a spelling is an
    /// end of the word.
    fn after_letter(&self, letter: Letter, at: usize, ended: &mut Positions) -> Positions {
        let (Letter::Spelled(spellings) | Letter::Consonant(spellings)) = letter else {
            return (at..=self.end(at)).map(bit).sum();
        };
        let mut after = 0;
        for spelling in spellings {
            let rest = self.text.get(at..).unwrap_or_default();
            let same = spelling.bytes().zip(rest).take_while(|(one, other)| one == *other).count();
            if same == spelling.len() {
                after |= bit(at + same);
            } else if self.is_truncated && same > 0 && self.is_end(at + same) {
                *ended |= bit(at + same);
            }
        }
        if matches!(letter, Letter::Consonant(_)) { self.with_vowels(after) } else { after }
    }

    /// Adds the positions after vowels, repeated letters and borders of components, which Arabic script does
    /// not write.
    fn with_vowels(&self, positions: Positions) -> Positions {
        let mut all = positions;
        for at in 0..self.text.len() {
            let letter = self.text[at];
            let is_repeated = at > 0 && self.text[at - 1] == letter;
            let is_unwritten =
                is_repeated || matches!(letter, b'A' | b'E' | b'I' | b'O' | b'U' | b'Y' | b'<');
            if all & bit(at) != 0 && is_unwritten {
                all |= bit(at + 1);
            }
        }
        all
    }

    /// Where components begin.
    fn starts(&self) -> Positions {
        let after_fillers = (1..self.text.len()).filter(|at| self.text[at - 1] == b'<');
        after_fillers.map(bit).fold(1, |all, start| all | start)
    }

    fn is_end(&self, at: usize) -> bool {
        self.text.get(at).is_none_or(|letter| *letter == b'<')
    }

    /// Where the component of a position ends.
    fn end(&self, at: usize) -> usize {
        (at..self.text.len()).find(|at| self.is_end(*at)).unwrap_or(self.text.len())
    }

    fn only_ends(&self, positions: Positions) -> Positions {
        each(positions).filter(|at| self.is_end(*at)).map(bit).sum()
    }
}

const fn bit(at: usize) -> Positions {
    1 << at
}

fn each(positions: Positions) -> impl Iterator<Item = usize> {
    (0..Positions::BITS as usize).filter(move |at| positions & bit(*at) != 0)
}

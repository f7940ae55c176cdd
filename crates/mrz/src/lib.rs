//! Reads, writes and compares the machine-readable zones (MRZ) of travel documents.
//!
//! The source is ICAO Doc 9303, eighth edition: part 3 (characters, dates, check digits, transliteration),
//! part 4 (TD3), part 5 (TD1), part 6 (TD2) and part 7 (MRV-A and MRV-B). The French identity card of two
//! lines, issued until 2021, has its own layout and is supported too.
//!
//! Every field is checked independently: [`read`] returns the value of each field or that its form is
//! invalid, and whether each check digit is correct. An invalid field does not affect the others.
//!
//! ```
//! let zone = mrz::read(&[
//!     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
//!     "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
//! ])?;
//! assert_eq!(zone.format, mrz::Format::Td3);
//! assert!(zone.problems().is_empty());
//! assert_eq!(zone.number.value.as_deref(), Ok("L898902C3"));
//! let names = zone.names.expect("letters and fillers");
//! assert!(!names.contradicts_first_name("Anna-Maria"));
//! assert!(names.contradicts_last_name("Eriksen"));
//! # Ok::<(), mrz::UnknownFormat>(())
//! ```

mod check_digit;
mod compare;
mod date;
mod layout;
mod letters;
mod names;
mod number;
mod position;
mod read;
mod sex;
mod write;
mod zone;

pub use check_digit::check_digit;
pub use date::{Day, ZoneDate};
pub use layout::Format;
pub use names::{Name, Names};
pub use number::same_number;
pub use position::{Digits, FieldName, FormProblem, Position, form_problem, positions};
pub use read::{UnknownFormat, read};
pub use sex::Sex;
pub use write::NewZone;
pub use zone::{CheckDigit, Checked, Field, InvalidForm, Problem, Zone};

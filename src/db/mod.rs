//! The database: how it is opened, where `SQLite` and PostgreSQL differ, and the one way to read a page of a list.
//!
//! | file | what |
//! |---|---|
//! | `connect` | pools, settings, and the check that they took |
//! | `counter` | numbers that count the rows of a project |
//! | `dialect` | every piece of SQL that differs between the two databases |
//! | `hint` | server processes that tell each other to look |
//! | `idempotency` | keys that make a repeated mutation harmless |
//! | `inspect` | a look at a database that changes nothing |
//! | `keyset` | orders, positions in them, and the condition for "the rows after this one" |
//! | `stretch` | what lies between two places, in parts that an index seeks each |
//! | `news` | telling whoever reads events that there are new ones |
//! | `page` | a page of a list |
//! | `children` | the pages of many parents in one statement |
//! | `migrate` | bringing the schema up to date, or refusing to |
//! | `shape` | comparing a database with what the migrations make |

mod children;
mod connect;
pub mod counter;
pub mod dialect;
mod hint;
pub mod idempotency;
mod inspect;
pub mod keyset;
mod log;
pub mod migrate;
mod news;
pub mod page;
pub mod shape;
mod stretch;

pub use children::{Children, Parents};
pub use connect::{OpenError, Pools, Store};
pub use hint::Hints;
pub use keyset::{Cell, Direction, Key, Ordering, Position};
pub use news::News;
pub use page::{End, Page, Window};

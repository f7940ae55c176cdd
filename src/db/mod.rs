//! The database: how it is opened, where `SQLite` and PostgreSQL differ, and the one way to read a page of a list.
//!
//! | file | what |
//! |---|---|
//! | `condition` | whether the database can be reached and has room |
//! | `connect` | pools, settings, and the check that they took |
//! | `connection` | single statements, each in a limited time |
//! | `counter` | numbers that count the rows of a project |
//! | `dialect` | every piece of SQL that differs between the two databases |
//! | `failure` | what a failed statement says about the database and its connection |
//! | `hint` | server processes that tell each other to look |
//! | `idempotency` | keys that make a repeated mutation harmless |
//! | `inspect` | a look at a database that changes nothing |
//! | `keyset` | orders, positions in them, and the condition for "the rows after this one" |
//! | `lease` | a connection while somebody has it, and when it is closed instead of kept |
//! | `sqlite` | connections to `SQLite`, each with a deadline that ends its statement on its thread |
//! | `stretch` | what lies between two places, in parts that an index seeks each |
//! | `news` | telling whoever reads events that there are new ones |
//! | `page` | a page of a list |
//! | `children` | the pages of many parents in one statement |
//! | `migrate` | bringing the schema up to date, or refusing to |
//! | `range` | ranges of time as conditions |
//! | `shape` | comparing a database with what the migrations make |
//! | `transaction` | writes that are made together or not at all |

mod change_notifier;
mod children;
mod condition;
mod connect;
mod connection;
pub mod counter;
pub mod dialect;
pub mod failure;
mod inspect;
pub mod keyset;
mod lease;
mod log;
pub mod migrate;
pub mod page;
mod pg_listener;
mod pools;
mod range;
mod segment;
pub mod shape;
mod sqlite;
mod transaction;

pub use change_notifier::ChangeNotifier;
pub use children::{ChildPages, Parents};
pub use condition::Condition;
pub use connect::{OpenError, Store};
pub use connection::Connection;
pub use keyset::{Cell, Direction, Key, Ordering, Position};
pub use page::{End, Page, PageWindow};
pub use pg_listener::PgListener;
pub use pools::Pools;
pub use range::TimeRange;
pub use transaction::Transaction;

//! Database access: opening, the differences between `SQLite` and PostgreSQL, and the one way to read a page
//! of a list. The crate `keyset` has orders, positions in them and windows of a list.
//!
//! | file | content |
//! |---|---|
//! | `address` | how to reach a PostgreSQL database |
//! | `change_notifier` | notifies readers of events of new ones |
//! | `blocks` | the numbers of counters that this process has taken |
//! | `by_id` | rows by their ids |
//! | `child_statements` | the statements for them |
//! | `children` | the pages of many parents in one statement |
//! | `condition` | whether the database is reachable and has storage space |
//! | `connect` | pools, settings, and the check that they took effect |
//! | `connection` | single statements, each with a time limit |
//! | `connections` | pools that keep connections between statements |
//! | `constants` | numbers and words in the text of a statement that is kept |
//! | `counter` | counters that number the rows of a project |
//! | `days` | UTC days of times, and ranges split into them |
//! | `deferred` | inserts that a transaction sends together |
//! | `dialect` | every piece of SQL that differs between the two databases |
//! | `failure` | what a failed statement means for the database and its connection |
//! | `held` | the connection of a transaction, and what waits to be sent on it |
//! | `inspect` | opens a database without changing it |
//! | `lease` | a leased connection, and when it is closed instead of returned |
//! | `log` | truncates the write-ahead log of `SQLite` |
//! | `migrate` | brings the schema up to date, or rejects the database |
//! | `numbers` | the numbers that a transaction gives to rows |
//! | `open_error` | why a database or a replica cannot be used |
//! | `page` | a page of a list, and its length |
//! | `pg_connect` | connects to PostgreSQL, directly or through a pooler |
//! | `pg_identity` | which database a connection leads to |
//! | `pg_listener` | notifications between server processes |
//! | `placement` | where the tables are on a distributed PostgreSQL |
//! | `pooler` | what a pooler changes without an error |
//! | `pools` | sizes and time limits of the connection pools |
//! | `position` | positions in PostgreSQL's write-ahead log |
//! | `range` | ranges of time as conditions |
//! | `replica` | reads from a streaming replica |
//! | `replica_check` | whether the replica is there, and how far it lags behind |
//! | `replica_link` | what that check has found last |
//! | `shape` | compares a database with the result of the migrations |
//! | `sqlite` | connections to `SQLite`, each with a deadline that interrupts its statement |
//! | `template` | statements whose text is built once |
//! | `transaction` | writes that commit together or not at all |

mod address;
mod blocks;
mod by_id;
mod change_notifier;
mod child_statements;
mod children;
pub mod column;
mod condition;
mod connect;
mod connection;
mod connections;
mod constants;
pub mod counter;
pub mod days;
mod deferred;
pub mod dialect;
pub mod failure;
mod held;
mod inspect;
mod lease;
pub mod locked;
mod log;
pub mod migrate;
mod numbers;
mod open_error;
pub mod page;
pub mod parents;
mod pg_connect;
mod pg_identity;
mod pg_listener;
pub mod placement;
mod pooler;
mod pools;
mod position;
mod range;
mod replica;
mod replica_check;
mod replica_link;
pub mod shape;
mod sqlite;
mod template;
mod transaction;

pub use address::DatabaseAddress;
pub use change_notifier::ChangeNotifier;
pub use children::ChildPages;
pub use condition::Condition;
pub use connect::Store;
pub use connection::Connection;
pub use open_error::{OpenError, ReplicaError};
pub use parents::Parents;
pub use pg_listener::PgListener;
pub use pooler::SessionWarning;
pub use pools::Pools;
pub use position::{Position, PositionError};
pub use range::{TimeRange, within};
pub use replica::{Replica, ReplicaLimits};
pub use template::Placeholders;
pub use transaction::Transaction;

//! Subscriptions: a client with an open WebSocket receives events as they occur.
//!
//! Every server process reads the events from the database table. No event is lost, whichever process made
//! the change and whichever process restarts meanwhile. Each event is a new request of the subscriber, with
//! the permissions that it has at that time.
//!
//! | file | content |
//! |---|---|
//! | `root` | the root fields |
//! | `filter` | the events that a subscription waits for, by its root field |
//! | `delivered_event` | the event for which documents run |
//! | `hub` | the subscribers, and which of them are too slow |
//! | `feed`, `store` | reading events in an order that misses none |
//! | `token_watcher` | whether tokens and credentials are still valid |

mod delivered_event;
mod feed;
mod filter;
mod hub;
pub mod policy;
mod root;
mod store;
mod token_watcher;

pub use delivered_event::DeliveredEvent;
pub use filter::EventFilter;
pub use hub::{Hub, Listening};
pub use root::Subscription;
pub use token_watcher::{GrantChanges, TokenWatch, TokenWatcher};

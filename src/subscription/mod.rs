//! Subscriptions: whoever holds a socket open is told what happens as it happens.
//!
//! What happens is read from the table of events, by every server process for itself: whichever process a change came
//! through, and whichever of them restarts meanwhile, nothing is lost on the way. Each event is a new request of the
//! subscriber, with what it may do by then.
//!
//! | file | what |
//! |---|---|
//! | `root` | the root fields |
//! | `object` | what an event tells |
//! | `turn` | what a subscription waits for, and the event it is told |
//! | `hub` | who listens, and who is too slow |
//! | `feed`, `store` | reading events in an order in which none is missed |
//! | `standing` | whether tokens and credentials are still good |

mod feed;
mod hub;
mod object;
mod root;
mod store;
mod token_watcher;
mod turn;

pub use hub::{Hub, Listening};
pub use object::Event;
pub use root::Subscription;
pub use token_watcher::{GrantChanges, TokenWatch, TokenWatcher};
pub use turn::{Interest, Occasion, Turn};

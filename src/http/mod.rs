//! The outside wall: everything a request meets before it is a request to the graph.
//!
//! | file | what |
//! |---|---|
//! | `app` | what all requests share |
//! | `router` | which path leads where, and what every request passes |
//! | `route` | paths and the functions that answer them |
//! | `surface` | which paths are whose, and how a refusal looks there |
//! | `wall` | request ids, requests in flight, sizes and times, panics |
//! | `body` | bodies that are being received: their bytes together, uploads of a ticket and of a project |
//! | `connection` | open connections, and clients that do not read |
//! | `count` | limits by key |
//! | `bearer` | access tokens of requests |
//! | `graphql` | the GraphQL-over-HTTP endpoint |
//! | `request` | GraphQL requests of every transport: parsed, and let through or refused |
//! | `socket` | the same over a WebSocket, with subscriptions |
//! | `event_stream` | the same over Server-Sent Events |
//! | `media` | which media type to answer in |
//! | `explorer` | the page for developers, out of the binary |
//! | `openapi` | the REST paths, described |
//! | `health` | `/healthz`, `/readyz`, `/metrics` |
//! | `server` | sockets, slow clients, graceful shutdown |

mod app;
pub mod bearer;
pub(crate) mod body;
mod connection;
pub(crate) mod count;
pub(crate) mod error_format;
mod event_stream;
mod explorer;
mod graphql;
mod health;
pub mod idempotency;
mod media;
pub(crate) mod middleware;
pub mod oauth;
pub mod openapi;
mod request;
pub(crate) mod route;
mod router;
pub mod server;
mod socket;
pub mod state;

pub use app::{App, Explorer, ExplorerTab, Shared};
pub use middleware::RequestId;
pub use router::router;
pub use state::ApiState;

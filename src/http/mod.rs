//! The outside wall: everything a request meets before it is a request to the graph.
//!
//! | file | what |
//! |---|---|
//! | `app` | what all requests share |
//! | `router` | which path leads where, and what every request passes |
//! | `surface` | which paths are whose, and how a refusal looks there |
//! | `wall` | request ids, requests in flight, sizes and times, panics |
//! | `bearer` | access tokens of requests |
//! | `graphql` | the GraphQL-over-HTTP endpoint |
//! | `socket` | the same over a WebSocket, with subscriptions |
//! | `media` | which media type to answer in |
//! | `explorer` | the page for developers, out of the binary |
//! | `openapi` | the REST paths, described |
//! | `health` | `/healthz`, `/readyz`, `/metrics` |
//! | `server` | sockets, slow clients, graceful shutdown |

mod app;
pub mod bearer;
mod explorer;
mod graphql;
mod health;
pub mod idempotency;
mod media;
pub mod openapi;
mod router;
pub mod server;
mod socket;
pub(crate) mod surface;
pub(crate) mod wall;

pub use app::{App, Explorer, ExplorerTab, Shared};
pub use router::router;
pub use wall::{Place, RequestId};

//! The HTTP layer: everything that handles a request before GraphQL or a REST handler does.
//!
//! | file | content |
//! |---|---|
//! | `app` | state shared by all requests |
//! | `router` | paths, and the middleware of every request |
//! | `route` | paths and their handlers |
//! | `error_format` | the error format of each API's paths |
//! | `middleware` | request ids, requests in flight, sizes and times, panics |
//! | `body` | limits of bodies being received: total bytes, uploads per signed URL and per project |
//! | `connection` | open connections, and clients that do not read |
//! | `count` | bounded counters by key |
//! | `bearer` | access tokens of requests |
//! | `cookie` | sessions of people, and requests that other sites make in their name |
//! | `peer` | the network that a request comes from |
//! | `page_file` | files of the built pages |
//! | `dashboard` | the dashboard's page and its documents, embedded in the binary |
//! | `idempotency` | the `Idempotency-Key` header |
//! | `graphql` | the GraphQL-over-HTTP endpoint |
//! | `request` | GraphQL requests of every transport: parsing and validation |
//! | `socket` | GraphQL over WebSocket, with subscriptions |
//! | `event_stream` | GraphQL over Server-Sent Events |
//! | `rest` | what the REST APIs share: admission, time limits, errors, responses |
//! | `media` | content negotiation |
//! | `explorer` | the developer page, embedded in the binary |
//! | `export` | whole lists as files |
//! | `oauth` | the token endpoint |
//! | `openapi` | the `OpenAPI` document of the REST paths |
//! | `health` | `/healthz`, `/readyz`, `/metrics` |
//! | `server` | sockets, slow clients, graceful shutdown |

mod app;
pub mod bearer;
pub(crate) mod body;
mod connection;
pub mod cookie;
pub(crate) mod count;
mod dashboard;
pub(crate) mod error_format;
mod event_stream;
mod explorer;
mod export;
mod formats;
mod graphql;
mod health;
pub mod idempotency;
mod media;
pub(crate) mod middleware;
pub mod oauth;
pub mod openapi;
mod page_file;
pub(crate) mod path;
pub mod peer;
pub(crate) mod position;
pub(crate) mod reply;
mod request;
pub(crate) mod rest;
pub(crate) mod route;
mod router;
pub mod server;
mod socket;
pub mod state;
pub mod token_form;

pub use app::{App, Explorer, ExplorerTab, Shared};
pub use reply::RequestId;
pub use router::router;
pub use state::ApiState;

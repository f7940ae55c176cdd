//! Sends HTTP requests to URLs that clients choose, such as webhooks, without giving them access to the
//! server's own network (server-side request forgery).
//!
//! An [`EgressPolicy`] parses a URL and rejects addresses that are not on the public internet. [`Sender`]
//! checks the URL again when it sends, and every IP address that the name resolves to at that moment. It
//! connects to the checked addresses, so a later change of the name's resolution has no effect. It follows no
//! redirects, uses no proxy, and limits the time of connecting and of the whole request.
//!
//! ```
//! use egress::{EgressPolicy, UrlError};
//!
//! assert!(EgressPolicy::Internet.parse("https://example.org/webhooks").is_ok());
//! assert_eq!(EgressPolicy::Internet.parse("https://0x7f.1/").err(), Some(UrlError::NotPublic));
//! assert_eq!(EgressPolicy::Internet.parse("http://example.org/").err(), Some(UrlError::NotHttps));
//! ```

mod address;
mod policy;
mod sender;

pub use address::is_public;
pub use policy::{EgressPolicy, UrlError};
pub use reqwest::{Certificate, Url};
pub use sender::{Bounds, Failure, Fetched, Sender, Sent, StartError};

//! Sends HTTP requests to addresses that clients have chosen, such as webhooks, without becoming a way into the network
//! that the server is in (server-side request forgery).
//!
//! An [`EgressPolicy`] parses an address and rejects what is not on the public internet. [`Sender`] checks the address
//! again when it sends, and checks every IP address that the name resolves to at that moment: it connects to the checked
//! addresses, so a name that resolves differently a moment later changes nothing. It follows no redirects, uses no proxy,
//! and limits the time of connecting and of the whole request.
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
pub use sender::{Failure, Sender, Sent, StartError};

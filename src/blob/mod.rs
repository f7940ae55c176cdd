//! Images, kept as files in the data directory, and the signed addresses they can be uploaded to.

mod images;
mod ticket;

pub use images::{Images, is_image};
pub use ticket::{Ticket, TicketError};

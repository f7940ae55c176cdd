//! Images: where they are kept, what is let in, and the signed addresses they are uploaded to and downloaded from.

mod backend;
mod images;
mod ticket;
mod upload;

pub use backend::BackendError;
pub use images::Images;
pub use ticket::{Purpose, Ticket, TicketError};
pub use upload::{IntakeError, Picture, check, check_kept, reason};

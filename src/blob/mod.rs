//! Images: where they are kept, what is let in, and the signed addresses they are uploaded to and downloaded from.

mod images;
mod picture;
mod place;
mod ticket;

pub use images::Images;
pub use picture::{Picture, Unfit, check, check_kept, reason};
pub use place::PlaceError;
pub use ticket::{Purpose, Ticket, TicketError};

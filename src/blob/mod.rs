//! Images: storage, validation, and the signed URLs for upload and download.

mod backend;
mod images;
mod ticket;
mod upload;

pub use backend::BackendError;
pub use images::Images;
pub use ticket::{Purpose, Ticket, TicketError};
pub use upload::{IntakeError, Picture, check, check_kept, content_type, reason};

/// Name of a stored image: the id of its row, and the name within it.
pub type ImageName = (uuid::Uuid, &'static str);

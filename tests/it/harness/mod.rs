//! A complete server in the test's own process, on a database of its own that is a copy of a migrated
//! template.

mod answer;
mod app;
mod callers;
mod captured;
pub mod described;
mod plans;
mod pooler;
mod postgres;
mod proxy;
mod random;
mod requests;
mod results;
mod rows;
mod wire;

pub use answer::Answer;
pub use app::{POOLS, TestApp};
pub use captured::{NewDocument, NewSession};
pub use plans::partition;
pub use postgres::{Cluster, database, fast_directory};
pub use proxy::{Network, Proxy};
pub use random::Random;
pub use rows::{NewGrant, NewIdentification, NewProofing, NewUser};
pub use wire::{Served, Wire, graphql_head};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Db {
    Sqlite,
    Postgres,
}

/// An image that the server accepts, as PNG.
pub fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let drawn = image::RgbImage::from_fn(48, 32, |x, y| {
        image::Rgb([x, y, x ^ y].map(|it| u8::try_from(it * 4).unwrap()))
    });
    drawn.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

//! Keyset pagination over sea-orm: a page starts after the values of the row where the last page ended, never
//! at an offset.
//!
//! An [`Ordering`] is total, because its last key is unique, so a [`Position`] is unique in it: rows that are
//! inserted or deleted before that position move nothing. Nulls are last in both directions. A [`PageWindow`]
//! is a page's size, its end of the list and the positions that bound it; [`PageWindow::read`] reads it in one
//! statement, which an index can seek.
//!
//! ```
//! use keyset::{Cell, CellKind, Direction, End, Key, Ordering, PageWindow};
//! use sea_orm::{ConnectionTrait, Database, EntityTrait};
//! use uuid::Uuid;
//!
//! mod city {
//!     use sea_orm::entity::prelude::*;
//!
//!     #[derive(Clone, Debug, DeriveEntityModel)]
//!     #[sea_orm(table_name = "cities")]
//!     pub struct Model {
//!         #[sea_orm(primary_key, auto_increment = false)]
//!         pub id: i64,
//!         pub name: String,
//!     }
//!
//!     keyset::from_row_by_index! { id name }
//!
//!     #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
//!     pub enum Relation {}
//!
//!     impl ActiveModelBehavior for ActiveModel {}
//! }
//! use city::{Column, Entity, Model};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let db = Database::connect("sqlite::memory:").await?;
//! db.execute_unprepared("CREATE TABLE cities (id integer PRIMARY KEY, name text NOT NULL)").await?;
//! db.execute_unprepared("INSERT INTO cities VALUES (1, 'Zagreb'), (2, 'Aachen'), (3, 'Oslo')").await?;
//!
//! let by_name: Ordering<Model> = Ordering::new("cities", Uuid::nil(), vec![
//!     Key::of::<Entity>(Column::Name, Direction::Asc, CellKind::Text, |row| Cell::Text(row.name.clone())),
//!     Key::of::<Entity>(Column::Id, Direction::Asc, CellKind::Integer, |row| Cell::Integer(row.id)),
//! ]);
//! let first = PageWindow::new(2, End::Front).read(&db, &Entity::find(), &by_name).await?;
//! assert_eq!(first.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [2, 3]);
//! assert!(first.has_next);
//!
//! let cursor = by_name.cursor(&first.rows[1]);
//! let after = by_name.sort_order().decode(&cursor)?;
//! let window = PageWindow { after: Some(after), ..PageWindow::new(2, End::Front) };
//! let second = window.read(&db, &Entity::find(), &by_name).await?;
//! assert_eq!(second.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1]);
//! assert!(!second.has_next);
//! # Ok(())
//! # }
//! ```

mod cell;
mod cursor;
mod key;
mod ordering;
mod page;
mod row;
mod seek;
mod segment;
mod select;
mod window;

pub use cell::{Cell, CellKind};
pub use cursor::InvalidCursor;
pub use key::{Direction, Key, SortColumn};
pub use ordering::{Ordering, Position, SortOrder};
pub use page::{Page, TOTAL};
pub use row::{ColumnMask, FromRowByIndex};
pub use window::{End, PageWindow};

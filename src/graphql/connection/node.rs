use async_graphql::ObjectType;
use futures_util::future::BoxFuture;

use crate::{
    Result,
    graphql::{FieldWriter, Request, list::ListField},
};

/// An object that connections list.
pub trait ConnectionNode: ObjectType + Sized + Send + Sync + 'static {
    /// Type of the object's row.
    type Row: Clone + Send + Sync + 'static;

    /// Fields that are resolved from the row without I/O, and that [`Self::WRITERS`] does not name. Other fields may
    /// wait.
    const SYNC_FIELDS: &'static [&'static str] = &[];
    /// How fields are written from the object: for types whose lists are read most.
    const WRITERS: &'static [(&'static str, FieldWriter<Self>)] = &[];
    /// Fields of [`Self::WRITERS`] that need [`Self::prepare`] first.
    const PREPARED: &'static [&'static str] = &[];
    /// The fields that are lists of a user's rows, and that a plan reads.
    const LISTS: &'static [ListField<Self>] = &[];
    /// Columns that lists do not read unless one of these fields is selected, each a name or a path with dots. Columns that are not
    /// named are always read.
    const COLUMN_USED_BY: &'static [(&'static str, &'static [&'static str])] = &[];

    /// Creates the object from a row.
    fn of(row: Self::Row) -> Self;

    /// Returns the row of the object.
    fn row(&self) -> &Self::Row;

    /// Prepares the objects of a page for [`Self::PREPARED`].
    fn prepare<'a>(_nodes: &'a [Self], _request: &'a Request) -> BoxFuture<'a, Result<()>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

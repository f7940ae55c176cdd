use std::{borrow::Cow, sync::Arc};

use async_graphql::{Context, Object, SimpleObject, TypeName};
use futures_util::future::BoxFuture;
use keyset::{Ordering, Page};

use super::node::ConnectionNode;
use crate::{
    Result,
    graphql::{ContextExt, FieldWriter, ObjectWriter, Request, plan::Edges},
};

/// Length of a list.
pub enum Total {
    Known(u64),
    /// Counted only if it is requested.
    Later(Count),
}

type Count = Box<dyn for<'a> Fn(&'a Request) -> BoxFuture<'a, Result<u64>> + Send + Sync>;

/// The fields of a connection.
pub struct ConnectionFields<N: ConnectionNode> {
    nodes: Vec<N>,
    has_previous: bool,
    has_next: bool,
    order: Arc<Ordering<N::Row>>,
    total: Total,
}

impl<N: ConnectionNode> ConnectionFields<N> {
    /// The fields of a page. `later` counts the list if the page does not have the length.
    pub(super) fn new(page: Page<N::Row>, order: Arc<Ordering<N::Row>>, later: Total) -> Self {
        let Page { rows, has_previous, has_next, total } = page;
        let nodes = rows.into_iter().map(N::of).collect();
        let total = total.map_or(later, Total::Known);
        Self { nodes, has_previous, has_next, order, total }
    }

    /// How the plan writes the fields that do not wait.
    pub(in crate::graphql) const WRITERS: &'static [(&'static str, FieldWriter<Self>)] =
        &[("pageInfo", FieldWriter::Object(&Self::PAGE_INFO))];

    const PAGE_INFO: ObjectWriter<Self> = ObjectWriter {
        name: "PageInfo",
        fields: &[
            ("hasNextPage", FieldWriter::Value(|list, json| json.boolean(list.has_next))),
            ("hasPreviousPage", FieldWriter::Value(|list, json| json.boolean(list.has_previous))),
            (
                "startCursor",
                FieldWriter::Value(|list, json| {
                    json.optional(list.cursor(list.nodes.first()), |json, cursor| json.text(&cursor));
                }),
            ),
            (
                "endCursor",
                FieldWriter::Value(|list, json| {
                    json.optional(list.cursor(list.nodes.last()), |json, cursor| json.text(&cursor));
                }),
            ),
        ],
    };

    /// The edges of this page.
    pub(in crate::graphql) fn page(&self) -> Edges<'_, N> {
        Edges { nodes: &self.nodes, order: &self.order }
    }

    /// The length of the list.
    pub(in crate::graphql) async fn total(&self, request: &Request) -> Result<i32> {
        let total = match &self.total {
            Total::Known(total) => *total,
            Total::Later(count) => count(request).await?,
        };
        // GraphQL's `Int` has 32 bits.
        Ok(i32::try_from(total).unwrap_or(i32::MAX))
    }

    fn cursor(&self, node: Option<&N>) -> Option<String> {
        node.map(|node| self.order.cursor(node.row()))
    }
}

impl<N: ConnectionNode> TypeName for ConnectionFields<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", N::type_name()).into()
    }
}

/// One page of a list, with pagination information.
#[Object(name_type)]
impl<N: ConnectionNode> ConnectionFields<N> {
    /// The edges of this page, in the list's order.
    async fn edges(&self) -> Edges<'_, N> {
        self.page()
    }

    /// Pagination information of this page.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next,
            has_previous_page: self.has_previous,
            start_cursor: self.cursor(self.nodes.first()),
            end_cursor: self.cursor(self.nodes.last()),
        }
    }

    /// Total number of items in the list. Counted only if it is selected.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        self.total(ctx.request()?).await
    }
}

/// Pagination information of a page.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether more items follow this page.
    has_next_page: bool,
    /// Whether items precede this page.
    has_previous_page: bool,
    /// Cursor of the first item of this page. Null if the page is empty.
    start_cursor: Option<String>,
    /// Cursor of the last item of this page. Null if the page is empty.
    end_cursor: Option<String>,
}

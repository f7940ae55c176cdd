use std::{borrow::Cow, sync::Arc};

use async_graphql::{Object, TypeName};
use keyset::Ordering;

use super::node::ConnectionNode;

/// A row of a page.
pub struct Edge<N: ConnectionNode> {
    node: N,
    order: Arc<Ordering<N::Row>>,
}

impl<N: ConnectionNode> Edge<N> {
    pub(in crate::graphql) fn of(row: &N::Row, order: &Arc<Ordering<N::Row>>) -> Self {
        Self { node: N::of(row.clone()), order: order.clone() }
    }
}

impl<N: ConnectionNode> TypeName for Edge<N> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", N::type_name()).into()
    }
}

/// An item of a page, with its cursor.
#[Object(name_type)]
impl<N: ConnectionNode> Edge<N> {
    /// The item.
    async fn node(&self) -> &N {
        &self.node
    }

    /// Cursor of the item. Use it as `after` or `before` to continue from this item. It is valid only for
    /// this list in this sort order.
    pub(crate) async fn cursor(&self) -> String {
        self.order.cursor(self.node.row())
    }
}

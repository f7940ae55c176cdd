use async_graphql::Context;

use crate::graphql::{ContextExt, plan::kept};

/// What the selection of a connection requests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked {
    pub has_next: bool,
    pub has_previous: bool,
    pub total: bool,
}

impl Asked {
    /// What the running field requests.
    #[must_use]
    pub fn of(ctx: &Context<'_>) -> Self {
        let of = || {
            let selection = ctx.look_ahead();
            let page = selection.field("pageInfo");
            Self {
                has_next: page.field("hasNextPage").exists(),
                has_previous: page.field("hasPreviousPage").exists(),
                total: selection.field("totalCount").exists(),
            }
        };
        match ctx.request() {
            Ok(request) => kept(request, ctx.item.pos, || Some(of())).map_or_else(of, |asked| *asked),
            Err(_) => of(),
        }
    }

    /// Whether it requests whether the list continues at the end opposite to the one that the page starts from.
    #[must_use]
    pub const fn reads_beyond(self, last: Option<i32>) -> bool {
        if last.is_some() { self.has_previous } else { self.has_next }
    }
}

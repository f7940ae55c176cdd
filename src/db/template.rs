//! Statements whose text is built once.
//!
//! Building the text of a page's statement took a seventh of the server's time of a small query. Statements of one form
//! differ in their values only. So the statement is built once with placeholders, which stand for the values, and the
//! next one of the same form takes its text and has its own values in their places.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt::{self, Debug},
    hash::Hash,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use keyset::{Cell, PageWindow, SortOrder};
use sea_orm::{
    DbBackend, Statement, StatementBuilder, Value,
    sea_query::{SelectStatement, Values},
};
use uuid::Uuid;

use super::{
    Store,
    constants::{Place, with_constants},
    dialect::Dialect,
};

/// Maximum number of templates of one kind of statement. When there are more, all of them are built again.
const TEMPLATES: usize = 256;
/// The first placeholder. It is chosen at random at the start, so that no client can send one as a value.
static FIRST: LazyLock<Uuid> = LazyLock::new(Uuid::new_v4);

/// A statement without some of its values. The values that all statements of its form have are in its text, if they are numbers or
/// words: PostgreSQL keeps the plan of a statement whose limit and states it knows, and plans others for each request.
#[derive(Debug, PartialEq)]
struct Template {
    sql: String,
    values: Vec<Place>,
}

/// The values of a statement that differ between statements of the same form, each with its placeholder.
#[derive(Clone, Debug, Default)]
pub struct Placeholders(Vec<(Value, Value)>);

impl Placeholders {
    /// Returns the placeholder of an id.
    pub fn id(&mut self, id: Uuid) -> Uuid {
        let placeholder = Uuid::from_u128(FIRST.as_u128().wrapping_add(self.next()));
        self.0.push((placeholder.into(), id.into()));
        placeholder
    }

    /// Returns the placeholder of a number.
    pub fn number(&mut self, number: i64) -> i64 {
        let placeholder = FIRST.as_u64_pair().1.wrapping_add(self.0.len() as u64).cast_signed();
        self.0.push((placeholder.into(), number.into()));
        placeholder
    }

    /// Returns the placeholder of a text.
    pub fn text(&mut self, text: &str) -> String {
        let placeholder = Uuid::from_u128(FIRST.as_u128().wrapping_add(self.next())).to_string();
        self.0.push((placeholder.as_str().into(), text.into()));
        placeholder
    }

    /// Returns the placeholder of a list of ids: a list of one.
    pub fn ids(&mut self, dialect: Dialect, ids: &[Uuid]) -> Vec<Uuid> {
        let placeholder = Uuid::from_u128(FIRST.as_u128().wrapping_add(self.next()));
        self.0.push((dialect.id_list(&[placeholder]), dialect.id_list(ids)));
        vec![placeholder]
    }

    /// Returns a window with placeholders in its positions.
    pub fn window(&mut self, window: &PageWindow, order: &SortOrder) -> PageWindow {
        window.with_values(order, |cell| match cell {
            Cell::Integer(number) => Cell::Integer(self.number(*number)),
            Cell::Id(id) => Cell::Id(self.id(*id)),
            Cell::Text(text) => Cell::Text(self.text(text)),
            Cell::Null | Cell::Boolean(_) => cell.clone(),
        })
    }

    fn next(&self) -> u128 {
        self.0.len() as u128
    }
}

impl Template {
    fn new(statement: Statement, placeholders: &Placeholders) -> Self {
        let values = statement.values.map_or_else(Vec::new, |Values(values)| values);
        let place = |value| {
            let open = placeholders.0.iter().position(|(placeholder, _)| *placeholder == value);
            open.map_or(Place::Fixed(value), Place::Open)
        };
        let (sql, values) =
            with_constants(&statement.sql, statement.db_backend, values.into_iter().map(place));
        Self { sql, values }
    }

    /// The statement with these values. `None` if they are of another form.
    fn fill(&self, backend: DbBackend, placeholders: &Placeholders) -> Option<Statement> {
        let value = |place: &Place| match place {
            Place::Fixed(value) => Some(value.clone()),
            Place::Open(index) => placeholders.0.get(*index).map(|(_, value)| value.clone()),
        };
        let values = self.values.iter().map(value).collect::<Option<_>>()?;
        Some(Statement { sql: self.sql.clone(), values: Some(Values(values)), db_backend: backend })
    }
}

/// The templates of a database, by what determines the text of a statement. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Templates(Arc<RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>>);

/// The templates of one kind of statement.
type OfForm<F> = RwLock<HashMap<F, Arc<Template>>>;

impl Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").finish_non_exhaustive()
    }
}

impl Templates {
    fn of<F: Send + Sync + 'static>(&self) -> Option<Arc<OfForm<F>>> {
        let id = TypeId::of::<F>();
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&id).cloned();
        let known = known.unwrap_or_else(|| {
            let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
            all.entry(id).or_insert_with(|| Arc::new(OfForm::<F>::default())).clone()
        });
        known.downcast().ok()
    }
}

impl Store {
    /// The database that statements are built for.
    #[must_use]
    pub const fn backend(&self) -> DbBackend {
        self.read.backend()
    }

    /// Returns a statement of a form, whose text is built once. `form` is everything that determines the statement but
    /// the values in `placeholders`, and `build` uses nothing else. `None` if `build` returns none.
    pub fn statement<F>(
        &self,
        form: F,
        placeholders: &Placeholders,
        build: impl Fn(&F) -> Option<SelectStatement>,
    ) -> Option<Statement>
    where
        F: Eq + Hash + Send + Sync + 'static,
    {
        let backend = self.backend();
        let built = |form: &F| {
            let statement = build(form)?;
            Some(Template::new(StatementBuilder::build(&statement, &backend), placeholders))
        };
        let templates = self.templates.of::<F>()?;
        let known = templates.read().unwrap_or_else(PoisonError::into_inner).get(&form).cloned();
        if let Some(template) = known {
            debug_assert_eq!(
                Some(&*template),
                built(&form).as_ref(),
                "a form does not determine its statement"
            );
            return template.fill(backend, placeholders);
        }
        let template = Arc::new(built(&form)?);
        let mut templates = templates.write().unwrap_or_else(PoisonError::into_inner);
        if templates.len() >= TEMPLATES {
            templates.clear();
        }
        templates.insert(form, template.clone());
        template.fill(backend, placeholders)
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, ExprTrait, Query};

    use super::*;

    /// A form of a statement: an id, a number, a text, a fixed value, and ids.
    type Form = (Uuid, i64, String, i32, Vec<Uuid>);

    fn build(dialect: Dialect, (id, number, text, fixed, ids): &Form) -> SelectStatement {
        Query::select()
            .column("id")
            .from("rows")
            .and_where(Expr::col("id").eq(*id).or(Expr::col("id").ne(*id)))
            .and_where(Expr::col("number").gt(*number).and(Expr::col("text").eq(text.as_str())))
            .and_where(dialect.id_in("other", ids))
            .and_where(Expr::col("fixed").eq(*fixed))
            .take()
    }

    #[test]
    fn a_template_that_is_filled_is_the_statement_built_with_its_values() {
        for (dialect, backend) in
            [(Dialect::Sqlite, DbBackend::Sqlite), (Dialect::Postgres, DbBackend::Postgres)]
        {
            let form = |(id, number, text, fixed, ids): &Form| {
                let mut placeholders = Placeholders::default();
                let form = (
                    placeholders.id(*id),
                    placeholders.number(*number),
                    placeholders.text(text),
                    *fixed,
                    placeholders.ids(dialect, ids),
                );
                (form, placeholders)
            };
            let one = (Uuid::new_v4(), 1, "one".to_owned(), 7, vec![]);
            let same = (Uuid::new_v4(), -7, "7".to_owned(), 7, vec![Uuid::new_v4(), Uuid::new_v4()]);
            let (first, placeholders) = form(&one);
            let template =
                Template::new(StatementBuilder::build(&build(dialect, &first), &backend), &placeholders);
            for values in [one, same] {
                let (other, placeholders) = form(&values);
                assert_eq!(other, first, "one form");
                let direct = StatementBuilder::build(&build(dialect, &values), &backend);
                // With all values in the text that may be there.
                let whole = |statement| Template::new(statement, &Placeholders::default());
                assert_eq!(whole(template.fill(backend, &placeholders).unwrap()), whole(direct));
            }
        }
    }
}

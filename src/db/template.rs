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

use super::{Store, dialect::Dialect};

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

/// The place of a value.
#[derive(Debug, PartialEq)]
enum Place {
    Fixed(Value),
    /// The value that a placeholder stands for, by its index.
    Open(usize),
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

/// Writes fixed values into the text of a statement, and returns it with the places of the other values.
fn with_constants(
    sql: &str,
    backend: DbBackend,
    mut places: impl Iterator<Item = Place>,
) -> (String, Vec<Place>) {
    let is_numbered = backend == DbBackend::Postgres;
    let sign = if is_numbered { '$' } else { '?' };
    let (mut text, mut kept) = (String::with_capacity(sql.len()), Vec::new());
    let mut quote = None;
    let mut rest = sql.chars().peekable();
    while let Some(char) = rest.next() {
        if quote.is_some() || char != sign {
            match (quote, char) {
                (None, '\'' | '"') => quote = Some(char),
                (Some(open), _) if open == char => quote = None,
                _ => {}
            }
            text.push(char);
            continue;
        }
        while is_numbered && rest.next_if(char::is_ascii_digit).is_some() {}
        let place = places.next();
        let constant = match &place {
            Some(Place::Fixed(value)) => constant(value),
            _ => None,
        };
        if let Some(constant) = constant {
            text.push_str(&constant);
            continue;
        }
        kept.extend(place);
        text.push(sign);
        if is_numbered {
            text.push_str(&kept.len().to_string());
        }
    }
    debug_assert!(places.next().is_none(), "a value of {sql} has no place");
    (text, kept)
}

/// The text of a value in a statement. `None` for values that are no numbers and no words.
fn constant(value: &Value) -> Option<String> {
    let is_word = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    match value {
        Value::Bool(Some(value)) => Some(if *value { "TRUE" } else { "FALSE" }.to_owned()),
        Value::Int(Some(number)) if *number >= 0 => Some(number.to_string()),
        Value::BigInt(Some(number)) if *number >= 0 => Some(number.to_string()),
        Value::BigUnsigned(Some(number)) => Some(number.to_string()),
        Value::String(Some(text)) if is_word(text) => Some(format!("'{text}'")),
        _ => None,
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

    #[test]
    fn numbers_and_words_are_in_the_text_and_other_values_are_not() {
        let id = Uuid::new_v4();
        let statement = |backend| {
            let select = Query::select()
                .column("a$1?")
                .from("rows")
                .and_where(Expr::col("state").eq("COMPLETE").and(Expr::cust("'it''s $9?' <> ''")))
                .and_where(Expr::col("name").eq("O'Hara").and(Expr::col("id").eq(id)))
                .and_where(Expr::col("offset").gt(-5).and(Expr::col("flag").eq(true)))
                .limit(101)
                .take();
            let template =
                Template::new(StatementBuilder::build(&select, &backend), &Placeholders::default());
            template.fill(backend, &Placeholders::default()).unwrap()
        };
        let found = statement(DbBackend::Postgres);
        let sql = r#"SELECT "a$1?" FROM "rows" WHERE "state" = 'COMPLETE' AND ('it''s $9?' <> '') AND ("name" = $1 AND "id" = $2) AND ("offset" > $3 AND "flag" = TRUE) LIMIT 101"#;
        let values = Values(vec!["O'Hara".into(), id.into(), (-5).into()]);
        assert_eq!((found.sql.as_str(), found.values), (sql, Some(values.clone())));
        let found = statement(DbBackend::Sqlite);
        let sql = sql.replace("= $1", "= ?").replace("$2", "?").replace("$3", "?");
        assert_eq!((found.sql, found.values), (sql, Some(values)));
    }
}

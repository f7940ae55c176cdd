//! Values in the text of a statement, in place of parameters.

use sea_orm::{DbBackend, Value};

/// The place of a value in a statement.
#[derive(Debug, PartialEq)]
pub(super) enum Place {
    Fixed(Value),
    /// The value that a placeholder stands for, by its index.
    Open(usize),
}

/// Writes fixed values into the text of a statement, and returns it with the places of the other values.
pub(super) fn with_constants(
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
        // As a text: PostgreSQL reads the digits of `i64::MIN` without the sign as a decimal.
        Value::Int(Some(number)) => Some(format!("CAST('{number}' AS INTEGER)")),
        Value::BigInt(Some(number)) => Some(format!("CAST('{number}' AS BIGINT)")),
        Value::BigUnsigned(Some(number)) => Some(number.to_string()),
        Value::String(Some(text)) if is_word(text) => Some(format!("'{text}'")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::{
        StatementBuilder,
        sea_query::{Expr, ExprTrait, Query, Values},
    };
    use uuid::Uuid;

    use super::*;

    #[test]
    fn numbers_and_words_are_in_the_text_and_other_values_are_not() {
        let id = Uuid::new_v4();
        let select = Query::select()
            .column("a$1?")
            .from("rows")
            .and_where(Expr::col("state").eq("COMPLETE").and(Expr::cust("'it''s $9?' <> ''")))
            .and_where(Expr::col("name").eq("O'Hara").and(Expr::col("id").eq(id)))
            .and_where(Expr::col("offset").gt(-5).and(Expr::col("flag").eq(true)))
            .and_where(Expr::col("day").eq(i64::MIN).and(Expr::col("score").lt(0.5)))
            .limit(101)
            .take();
        let numbered = r#"SELECT "a$1?" FROM "rows" WHERE "state" = 'COMPLETE' AND ('it''s $9?' <> '') AND ("name" = $1 AND "id" = $2) AND ("offset" > CAST('-5' AS INTEGER) AND "flag" = TRUE) AND ("day" = CAST('-9223372036854775808' AS BIGINT) AND "score" < $3) LIMIT 101"#;
        let plain = numbered.replace("= $1", "= ?").replace("$2", "?").replace("$3", "?");
        let open = [Value::from("O'Hara"), id.into(), 0.5.into()].map(Place::Fixed);
        for (backend, sql) in [(DbBackend::Postgres, numbered), (DbBackend::Sqlite, plain.as_str())] {
            let statement = StatementBuilder::build(&select, &backend);
            let values = statement.values.map_or_else(Vec::new, |Values(values)| values);
            let (text, kept) = with_constants(&statement.sql, backend, values.into_iter().map(Place::Fixed));
            assert_eq!((text.as_str(), kept.as_slice()), (sql, open.as_slice()));
        }
    }
}

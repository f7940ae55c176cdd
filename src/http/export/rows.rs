//! Rows as lines of JSON or of CSV (RFC 4180).

use serde_json::Value as Json;

use super::lists::Field;

/// The form of an export.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
#[schema(as = ExportFormat)]
pub enum Format {
    /// One JSON object in each line.
    #[default]
    Ndjson,
    /// A table, with the names of the columns in the first line.
    Csv,
}

impl Format {
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    pub const fn extension(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }

    /// The lines before the rows.
    pub fn head(self, fields: &[Field]) -> String {
        match self {
            Self::Ndjson => String::new(),
            Self::Csv => line(fields.iter().flat_map(|field| field.2).map(|(name, _)| (*name).to_owned())),
        }
    }

    /// The line of a row.
    pub fn row(self, fields: &[Field], row: &Json) -> String {
        match self {
            Self::Ndjson => format!("{row}\n"),
            Self::Csv => {
                line(fields.iter().flat_map(|field| field.2).map(|(_, place)| cell(row.pointer(place))))
            }
        }
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|text| quoted(&text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// The text of a value. Lists are separated by spaces: their values have none.
fn cell(value: Option<&Json>) -> String {
    match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::String(text)) => harmless(text),
        Some(Json::Array(values)) => {
            let texts: Vec<String> = values.iter().map(|value| cell(Some(value))).collect();
            texts.join("; ")
        }
        Some(value) => value.to_string(),
    }
}

/// A spreadsheet runs a text that begins like a formula. Telephone numbers do too, and are none.
fn harmless(text: &str) -> String {
    let is_phone = text.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_phone {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', ';', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FIELDS: &[Field] = &[
        ("name", "", &[("name", "/name")]),
        ("tags", "", &[("tags", "/tags")]),
        ("user", "{ number }", &[("user.number", "/user/number")]),
    ];

    #[test]
    fn a_row_of_csv_has_the_columns_of_its_head() {
        assert_eq!(Format::Csv.head(FIELDS), "name,tags,user.number\r\n");
        let row = json!({ "name": "Doe, \"John\"", "tags": ["a", "b"], "user": { "number": 7 } });
        assert_eq!(Format::Csv.row(FIELDS, &row), "\"Doe, \"\"John\"\"\",\"a; b\",7\r\n");
        assert_eq!(Format::Csv.row(FIELDS, &json!({ "name": "a\nb", "user": null })), "\"a\nb\",,\r\n");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-1", "'-1"),
            ("+cmd", "'+cmd"),
            ("+41791234567", "+41791234567"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(cell(Some(&json!(text))), expected);
        }
    }
}

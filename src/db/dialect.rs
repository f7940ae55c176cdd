//! Every piece of SQL that differs between `SQLite` and PostgreSQL.

use sea_orm::{
    ActiveEnum, DatabaseBackend,
    sea_query::{
        ArrayType, Expr, ExprTrait, Func, FunctionCall, IntoColumnRef, Query, SelectStatement, Value,
        extension::postgres::PgBinOper,
    },
};
use uuid::Uuid;

use crate::clock::Clock;

/// The SQL dialect of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// Which open transactions are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenTransactions {
    /// Every one: it may have read something before that it writes by.
    All,
    /// Those that may have written. The others take the times of what they write later than now.
    Writing,
}

impl Dialect {
    /// Returns the dialect of a connection's backend.
    #[must_use]
    pub fn of(backend: DatabaseBackend) -> Self {
        if backend == DatabaseBackend::Postgres { Self::Postgres } else { Self::Sqlite }
    }

    /// Returns the backend as sea-orm names it.
    #[must_use]
    pub const fn backend(self) -> DatabaseBackend {
        match self {
            Self::Sqlite => DatabaseBackend::Sqlite,
            Self::Postgres => DatabaseBackend::Postgres,
        }
    }

    /// Number of rows over which a frequently updated counter is spread. `SQLite` has one writer, so its
    /// transactions never wait.
    #[must_use]
    pub const fn slots(self) -> i32 {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => 16,
        }
    }

    /// Returns the statement that blocks other writers of a table until the transaction ends; `None` where
    /// every write transaction blocks them anyway.
    #[must_use]
    pub fn lock_table(self, table: &'static str) -> Option<String> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(format!("LOCK TABLE {table} IN EXCLUSIVE MODE")),
        }
    }

    /// Returns a select of one number, `age`: for how many milliseconds the oldest of these transactions of other
    /// connections has been open, null if there is none. `None` if transactions commit in the order in which
    /// they begin to write. Transactions that have been open for a minute are ignored: none of the server's
    /// writes takes as long.
    #[must_use]
    pub fn oldest_transaction(self, of: OpenTransactions) -> Option<String> {
        let may_have_written = match of {
            OpenTransactions::All => "",
            // A transaction has an id from its first write on. Without one, a statement that writes may be on its
            // way, unless the transaction executes a statement that does not.
            OpenTransactions::Writing => {
                " AND (backend_xid IS NOT NULL OR state <> 'active' OR query !~* '^(SELECT|SET) ')"
            }
        };
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(format!(
                "SELECT (extract(epoch FROM clock_timestamp() - min(xact_start)) * 1000)::bigint AS age \
                 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() \
                 AND backend_type = 'client backend' AND xact_start > clock_timestamp() - interval '1 minute'\
                 {may_have_written}"
            )),
        }
    }

    /// Condition that `column` is one of these ids. It binds one value for any number of ids, so the text of
    /// the statement stays the same and its plan is prepared once.
    pub fn id_in(self, column: impl IntoColumnRef, ids: &[Uuid]) -> Expr {
        match self {
            Self::Postgres => Expr::col(column).eq(any(self.id_list(ids))),
            Self::Sqlite => Expr::col(column).in_subquery(self.ids(ids)),
        }
    }

    /// Condition that `column` is one of these numbers, with one bound value.
    pub fn number_in(self, column: impl IntoColumnRef, numbers: &[i64]) -> Expr {
        match self {
            Self::Postgres => {
                let numbers = numbers.iter().map(|number| Value::from(*number)).collect::<Vec<_>>();
                Expr::col(column).eq(any(Value::Array(ArrayType::BigInt, Some(Box::new(numbers)))))
            }
            Self::Sqlite => {
                let list = serde_json::Value::from(numbers).to_string();
                Expr::col(column).in_subquery(json_each(list, Expr::cust("value"), "value"))
            }
        }
    }

    /// Condition that `column` is one of these texts, with one bound value.
    pub fn enum_in<E: ActiveEnum<Value = String>>(self, column: impl IntoColumnRef, values: &[E]) -> Expr {
        let values: Vec<String> = values.iter().map(ActiveEnum::to_value).collect();
        self.text_in(column, values.iter().map(String::as_str))
    }

    /// Whether a column has one of these texts.
    pub fn text_in<'a>(self, column: impl IntoColumnRef, texts: impl IntoIterator<Item = &'a str>) -> Expr {
        // PostgreSQL rejects a text with a NUL in it, so no column has one.
        let texts = texts.into_iter().filter(|text| !text.contains('\0'));
        match self {
            Self::Postgres => {
                let texts = texts.map(Value::from).collect::<Vec<_>>();
                Expr::col(column).eq(any(Value::Array(ArrayType::String, Some(Box::new(texts)))))
            }
            Self::Sqlite => {
                let list = serde_json::Value::from(texts.collect::<Vec<_>>()).to_string();
                let list = json_each(list, Expr::cust("value"), "value");
                Expr::col(column).in_subquery(list)
            }
        }
    }

    /// Condition that a JSON list of texts in a column contains this text.
    pub fn lists(self, column: impl IntoColumnRef, text: &str) -> Expr {
        match self {
            Self::Postgres => {
                Expr::col(column).binary(PgBinOper::Contains, Expr::val(serde_json::Value::from(text)))
            }
            Self::Sqlite => {
                let list = Func::cust("json_each").arg(Expr::col(column));
                let values = Query::select().expr(Expr::cust("value")).from_function(list, "listed").take();
                Expr::val(text).in_subquery(values)
            }
        }
    }

    /// Returns a new id for each row of a select, as [`Clock::new_id`] generates them.
    #[must_use]
    pub fn new_id(self, clock: &Clock) -> Expr {
        // The time, the version and the variant come from the clock, as does randomness common to all rows;
        // the database adds 15 random digits for each row.
        let first = Expr::val(clock.new_id().simple().to_string()[..17].to_owned());
        match self {
            Self::Postgres => Expr::cust_with_exprs(
                "($1 || substr(replace(gen_random_uuid()::text, '-', ''), 18))::uuid",
                [first],
            ),
            Self::Sqlite => Expr::cust_with_exprs("unhex(? || substr(hex(randomblob(8)), 1, 15))", [first]),
        }
    }

    /// Condition that a select returns a row.
    #[must_use]
    pub fn exists(self, mut rows: SelectStatement) -> Expr {
        // SQLite 3.51 turns EXISTS into a join, and then OFFSET counts a row once for each match. It does not
        // do so if the subquery has a limit.
        if self == Self::Sqlite {
            rows.limit(1);
        }
        Expr::exists(rows)
    }

    /// Returns the ids as rows with one column, `id`.
    pub(super) fn ids(self, ids: &[Uuid]) -> SelectStatement {
        match self {
            Self::Postgres => {
                Query::select().expr_as(Func::cust("unnest").arg(self.id_list(ids)), "id").take()
            }
            Self::Sqlite => json_each(self.id_list(ids), Expr::cust("unhex(value)"), "id"),
        }
    }

    /// Returns the ids as the one value that statements bind for them.
    pub(super) fn id_list(self, ids: &[Uuid]) -> Value {
        match self {
            Self::Postgres => uuids(ids),
            Self::Sqlite => {
                let list = ids.iter().map(|id| id.simple().to_string()).collect::<Vec<_>>();
                serde_json::Value::from(list).to_string().into()
            }
        }
    }
}

pub(super) fn count_all() -> FunctionCall {
    Func::cust("count").arg(Expr::cust("*"))
}

fn any(list: Value) -> FunctionCall {
    Func::cust("ANY").arg(Expr::val(list))
}

fn uuids(ids: &[Uuid]) -> Value {
    Value::Array(ArrayType::Uuid, Some(Box::new(ids.iter().map(|id| Value::from(*id)).collect())))
}

/// Returns the values of a JSON array as rows with one column.
fn json_each(list: impl Into<Value>, value: Expr, name: &'static str) -> SelectStatement {
    let list = Func::cust("json_each").arg(Expr::val(list.into()));
    Query::select().expr_as(value, name).from_function(list, "list").take()
}

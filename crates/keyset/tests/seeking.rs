//! Pages of a table in `SQLite`, and the text of their statements on both databases.

#![expect(clippy::unwrap_used, reason = "what must not fail in a test fails it")]

use keyset::{Cell, CellKind, Direction, End, Key, Ordering, Page, PageWindow, Position};
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, EntityTrait,
    sea_query::{PostgresQueryBuilder, SqliteQueryBuilder},
};
use uuid::Uuid;

/// A table with ties and nulls.
mod thing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "things")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub number: i64,
        pub word: Option<String>,
    }

    keyset::from_row_by_index! { id number; word }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use thing::{Column, Entity, Model};

/// A list in a sort order: ids in the expected order.
type Sorted = (Ordering<Model>, [i64; 6]);

fn id(direction: Direction) -> Key<Model> {
    Key::of::<Entity>(Column::Id, direction, CellKind::Integer, |row| Cell::Integer(row.id))
}

fn number(direction: Direction) -> Key<Model> {
    Key::of::<Entity>(Column::Number, direction, CellKind::Integer, |row| Cell::Integer(row.number))
}

fn word(direction: Direction) -> Key<Model> {
    let cell = |row: &Model| row.word.clone().map_or(Cell::Null, Cell::Text);
    Key::of::<Entity>(Column::Word, direction, CellKind::Text, cell).nullable()
}

fn words() -> Vec<Cell> {
    ["a", "b"].map(|word| Cell::Text(word.to_owned())).to_vec()
}

fn order(keys: Vec<Key<Model>>) -> Ordering<Model> {
    Ordering::new("things", Uuid::nil(), keys)
}

/// Every way to seek: a row comparison, mixed directions, nulls, segments.
fn orders() -> Vec<Sorted> {
    use Direction::{Asc, Desc};
    vec![
        (order(vec![number(Asc), id(Asc)]), [1, 4, 2, 5, 3, 6]),
        (order(vec![number(Desc), id(Desc)]), [6, 3, 5, 2, 4, 1]),
        (order(vec![number(Desc), id(Asc)]), [3, 6, 2, 5, 1, 4]),
        (order(vec![word(Asc), id(Asc)]), [1, 3, 5, 6, 2, 4]),
        (order(vec![word(Desc), id(Desc)]), [6, 5, 3, 1, 4, 2]),
        (order(vec![word(Asc).with_domain(words), id(Asc)]), [1, 3, 5, 6, 2, 4]),
        (order(vec![word(Desc).with_domain(words), number(Asc), id(Desc)]), [5, 6, 1, 3, 4, 2]),
    ]
}

async fn database() -> DatabaseConnection {
    let db = Database::connect("sqlite::memory:").await.unwrap();
    for sql in [
        "CREATE TABLE things (id integer PRIMARY KEY, number integer NOT NULL, word text)",
        "INSERT INTO things VALUES (1, 1, 'a'), (2, 2, NULL), (3, 3, 'a'), (4, 1, NULL), (5, 2, 'b'), (6, 3, 'b')",
    ] {
        db.execute_unprepared(sql).await.unwrap();
    }
    db
}

async fn read(db: &DatabaseConnection, order: &Ordering<Model>, window: &PageWindow) -> Page<Model> {
    window.read(db, &Entity::find(), order).await.unwrap()
}

fn ids(page: &Page<Model>) -> Vec<i64> {
    page.rows.iter().map(|row| row.id).collect()
}

/// Reads a list page by page, with cursors as clients send them.
async fn walk(db: &DatabaseConnection, order: &Ordering<Model>, end: End, size: u32) -> Vec<i64> {
    let (mut seen, mut position) = (Vec::new(), None);
    loop {
        let page = read(db, order, &PageWindow::from(size, end, position)).await;
        let (more, last) = match end {
            End::Front => (page.has_next, page.rows.last()),
            End::Back => (page.has_previous, page.rows.first()),
        };
        match end {
            End::Front => seen.extend(ids(&page)),
            End::Back => seen = ids(&page).into_iter().chain(seen).collect(),
        }
        if !more {
            return seen;
        }
        position = Some(order.sort_order().decode(&order.cursor(last.unwrap())).unwrap());
    }
}

#[tokio::test]
async fn every_order_is_read_whole_from_both_ends() {
    let db = database().await;
    for (order, expected) in orders() {
        for (end, size) in [(End::Front, 1), (End::Front, 2), (End::Front, 4), (End::Back, 1), (End::Back, 4)]
        {
            assert_eq!(walk(&db, &order, end, size).await, expected, "{order:?} from the {end:?} by {size}");
        }
    }
}

#[tokio::test]
async fn a_window_between_two_positions_has_the_rows_between_them() {
    let db = database().await;
    for (order, expected) in orders() {
        let all = read(&db, &order, &PageWindow::new(10, End::Front)).await;
        assert_eq!(all.total, Some(6));
        for (from, to) in [(0, 5), (1, 3), (2, 3), (4, 1)] {
            let position = |index: usize| Some(order.position(&all.rows[index]));
            let window =
                PageWindow { after: position(from), before: position(to), ..PageWindow::new(10, End::Front) };
            let between = expected.get(from + 1..to).unwrap_or_default();
            let page = read(&db, &order, &window).await;
            assert_eq!(ids(&page), between, "{order:?}, from {from} to {to}");
            assert!(page.has_previous && !page.has_next && page.total.is_none());
        }
    }
}

#[tokio::test]
async fn skipped_columns_are_not_selected_and_null() {
    let db = database().await;
    let order = order(vec![id(Direction::Asc)]);
    let window = PageWindow {
        skipped: keyset::ColumnMask::of::<Model>(|column| column != "word"),
        ..PageWindow::new(1, End::Front)
    };
    let statement = window.statement(&Entity::find(), &order).unwrap().to_string(SqliteQueryBuilder);
    assert!(!statement.contains("word"), "{statement}");
    assert_eq!(read(&db, &order, &window).await.rows, [Model { id: 1, number: 1, word: None }]);
}

#[tokio::test]
async fn an_empty_window_is_read_only_to_learn_what_is_beyond_it() {
    let db = database().await;
    let order = order(vec![id(Direction::Asc)]);
    let window = PageWindow::new(0, End::Front);
    assert!(window.is_unread() && !read(&db, &order, &window).await.has_next);
    let window = PageWindow { reads_beyond: true, ..window };
    let page = read(&db, &order, &window).await;
    assert!(page.rows.is_empty() && page.has_next);
}

#[test]
fn a_pinned_value_leaves_one_segment() {
    let order = order(vec![word(Direction::Asc).with_domain(words), id(Direction::Asc)]);
    let window = PageWindow::new(1, End::Front);
    let text = |order: &Ordering<Model>| {
        window.statement(&Entity::find(), order).unwrap().to_string(PostgresQueryBuilder)
    };
    assert_eq!(text(&order).matches("UNION ALL").count(), 2);
    assert!(!text(&order.pinned(Some(Cell::Text("a".to_owned())))).contains("UNION ALL"));
}

/// An index can seek a row comparison, and the first half of `c >= v AND (c > v OR …)`.
#[test]
fn positions_become_conditions_that_an_index_can_seek() {
    use Direction::{Asc, Desc};
    let condition = |keys: Vec<Key<Model>>| {
        let order = order(keys);
        let row = Model { id: 7, number: 3, word: None };
        let window = PageWindow::from(2, End::Front, Some(order.position(&row)));
        let text = window.statement(&Entity::find(), &order).unwrap().to_string(PostgresQueryBuilder);
        let text = text.split_once(" WHERE ").unwrap().1.split_once(" ORDER BY ").unwrap().0;
        text.replace("\"things\".", "").replace('"', "")
    };
    assert_eq!(condition(vec![number(Asc), id(Asc)]), "(number, id) > (3, 7)");
    assert_eq!(condition(vec![number(Desc), id(Desc)]), "(number, id) < (3, 7)");
    assert_eq!(condition(vec![number(Asc), id(Desc)]), "number >= 3 AND (number > 3 OR (id) < (7))");
    assert_eq!(condition(vec![word(Asc), id(Asc)]), "word IS NULL AND (id) > (7)");
}

/// A cursor of another list, another order or another scope, or modified, or invented.
#[test]
fn a_cursor_is_valid_for_one_list_in_one_order_only() {
    use Direction::{Asc, Desc};
    let row = Model { id: 7, number: 3, word: Some("c".to_owned()) };
    let of = |list: &str, scope, keys| Ordering::<Model>::new(list, Uuid::from_u128(scope), keys);
    let order = of("things", 1, vec![number(Asc), id(Asc)]);
    let cursor = order.cursor(&row);
    let decode =
        |order: &Ordering<Model>, text: &str| -> Option<Position> { order.sort_order().decode(text).ok() };
    assert_eq!(decode(&order, &cursor), Some(order.position(&row)));
    for other in [
        of("others", 1, vec![number(Asc), id(Asc)]),
        of("things", 2, vec![number(Asc), id(Asc)]),
        of("things", 1, vec![number(Desc), id(Desc)]),
        of("things", 1, vec![id(Asc)]),
    ] {
        assert_eq!(decode(&other, &cursor), None);
    }
    for garbage in ["", "%", "W10", "bnVsbA", &cursor[1..], &cursor.repeat(2), &"A".repeat(10_000)] {
        assert_eq!(decode(&order, garbage), None, "{garbage}");
    }
    // A value that no row can have is rejected before it is searched for.
    let words = of("things", 1, vec![word(Asc).with_domain(words), id(Asc)]);
    assert_eq!(decode(&words, &words.cursor(&row)), None);
}

/// Clients keep cursors over an update of the server.
#[test]
fn the_text_of_a_cursor_stays_the_same() {
    let row = Model { id: 7, number: 3, word: Some("c".to_owned()) };
    let cursor = order(vec![word(Direction::Asc), id(Direction::Desc)]).cursor(&row);
    assert_eq!(cursor, "WyJvWmlyYV9rMiIsImMiLDdd");
}

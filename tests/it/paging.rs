//! Paging through a list that changes meanwhile: in every order, each unchanged row is returned exactly once.

use std::{cmp, collections::HashSet};

use keyset::{Cell, CellKind, Direction, End, Key, Ordering, PageWindow, Position, SortColumn};
use rstest::rstest;
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, EntityTrait, Schema, entity::prelude::*, sea_query::IntoIden,
};

use crate::harness::{Db, TestApp};

/// A table of columns to order by: of every kind, with ties and nulls.
mod thing {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "things")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub number: i64,
        pub maybe: Option<i64>,
        pub word: Option<String>,
        pub flag: Option<bool>,
    }

    keyset::from_row_by_index! { id number maybe word flag }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

use thing::{Column, Entity, Model};

const COLUMNS: [Column; 4] = [Column::Number, Column::Maybe, Column::Word, Column::Flag];
/// Capitals, accents and lengths that collations and byte order sort differently.
const WORDS: [&str; 6] = ["a", "B", "b", "é", "aa", "Z z"];

fn key(by: Column, direction: Direction) -> Key<Model> {
    // Columns with few values declare them, as enum columns do, and are paged value by value.
    let domain: Option<fn() -> Vec<Cell>> = match by {
        Column::Word => Some(|| {
            let mut words = WORDS;
            words.sort_unstable();
            words.map(|word| Cell::Text(word.to_owned())).to_vec()
        }),
        Column::Flag => Some(|| [false, true].map(Cell::Boolean).to_vec()),
        Column::Id | Column::Number | Column::Maybe => None,
    };
    let (nullable, kind, cell): (_, _, fn(&Model) -> Cell) = match by {
        Column::Id => (false, CellKind::Id, |row| Cell::Id(row.id)),
        Column::Number => (false, CellKind::Integer, |row| Cell::Integer(row.number)),
        Column::Maybe => (true, CellKind::Integer, |row| row.maybe.map_or(Cell::Null, Cell::Integer)),
        Column::Word => (true, CellKind::Text, |row| row.word.clone().map_or(Cell::Null, Cell::Text)),
        Column::Flag => (true, CellKind::Boolean, |row| row.flag.map_or(Cell::Null, Cell::Boolean)),
    };
    let mut key = Key::of::<Entity>(by, direction, kind, cell);
    key.column = SortColumn { nullable, domain, ..key.column };
    key
}

/// Every order by up to two columns and the id, in every mix of directions.
fn orders() -> Vec<(String, Ordering<Model>, Vec<Key<Model>>)> {
    let directions = [Direction::Asc, Direction::Desc];
    let mut lists = vec![vec![]];
    for first in COLUMNS {
        lists.push(vec![first]);
        lists.extend(
            COLUMNS
                .into_iter()
                .filter(|second| *second as u8 != first as u8)
                .map(|second| vec![first, second]),
        );
    }
    let mut orders = Vec::new();
    for list in lists {
        let columns: Vec<Column> = list.into_iter().chain([Column::Id]).collect();
        for mix in 0..1_usize << columns.len() {
            let at = |place: usize| directions[mix >> place & 1];
            let keys: Vec<_> = columns.iter().enumerate().map(|(place, by)| key(*by, at(place))).collect();
            let name = format!(
                "{:?}",
                keys.iter().map(|key| (key.column.name.1, key.column.direction)).collect::<Vec<_>>()
            );
            orders.push((name, Ordering::new("things", Uuid::nil(), keys.clone()), keys));
        }
    }
    orders
}

/// The expected order: nulls last in either direction.
fn compare(keys: &[Key<Model>], one: &Model, other: &Model) -> cmp::Ordering {
    let by = |key: &Key<Model>| {
        let ascending = match ((key.cell)(one), (key.cell)(other)) {
            (Cell::Null, Cell::Null) => return cmp::Ordering::Equal,
            (Cell::Null, _) => return cmp::Ordering::Greater,
            (_, Cell::Null) => return cmp::Ordering::Less,
            (Cell::Integer(one), Cell::Integer(other)) => one.cmp(&other),
            (Cell::Text(one), Cell::Text(other)) => one.as_bytes().cmp(other.as_bytes()),
            (Cell::Boolean(one), Cell::Boolean(other)) => one.cmp(&other),
            (Cell::Id(one), Cell::Id(other)) => one.cmp(&other),
            (one, other) => panic!("{one:?} and {other:?} are of one column"),
        };
        if key.column.direction == Direction::Asc { ascending } else { ascending.reverse() }
    };
    keys.iter().map(by).find(|ordering| ordering.is_ne()).unwrap_or(cmp::Ordering::Equal)
}

fn random(rng: &mut fastrand::Rng) -> Model {
    Model {
        id: Uuid::from_u128(rng.u128(..)),
        number: rng.i64(-2..3),
        maybe: rng.bool().then(|| rng.i64(-1..2)),
        word: rng.bool().then(|| WORDS[rng.usize(..WORDS.len())].to_owned()),
        flag: rng.bool().then(|| rng.bool()),
    }
}

async fn insert(app: &TestApp, rows: &[Model]) {
    let rows = rows.iter().cloned().map(|row| thing::ActiveModel {
        id: Set(row.id),
        number: Set(row.number),
        maybe: Set(row.maybe),
        word: Set(row.word),
        flag: Set(row.flag),
    });
    Entity::insert_many(rows).exec_without_returning(app.store.write()).await.unwrap();
}

async fn make_table(app: &TestApp) {
    let backend = app.store.dialect().backend();
    let mut table = Schema::new(backend).create_table_from_entity(Entity);
    let db = app.store.write();
    db.execute(&table.take()).await.unwrap();
    if backend == sea_orm::DatabaseBackend::Postgres {
        // As the migrations create every text column.
        let sql = "ALTER TABLE things ALTER COLUMN word TYPE text COLLATE \"C\"";
        db.execute_unprepared(sql).await.unwrap();
    }
    assert_eq!(Entity.into_iden().to_string(), "things");
}

/// Reads the whole list page by page with encoded cursors, and changes rows between the pages.
async fn walk(
    app: &TestApp,
    order: &Ordering<Model>,
    end: End,
    size: u32,
    mut between: impl AsyncFnMut(),
) -> Vec<Model> {
    let (mut seen, mut from): (Vec<Model>, Option<Position>) = (Vec::new(), None);
    loop {
        let window = PageWindow::from(size, end, from);
        let page = app.store.page(&Entity::find(), order, &window).await.unwrap();
        let is_last = match end {
            End::Front => !page.has_next,
            End::Back => !page.has_previous,
        };
        let far = match end {
            End::Front => page.rows.last(),
            End::Back => page.rows.first(),
        };
        let cursor = far.map(|row| order.cursor(row));
        match end {
            End::Front => seen.extend(page.rows),
            End::Back => seen = page.rows.into_iter().chain(seen).collect(),
        }
        if is_last {
            return seen;
        }
        from = Some(
            order
                .sort_order()
                .decode(&cursor.expect("a page that is not the last has rows"))
                .expect("our own cursor"),
        );
        between().await;
    }
}

#[rstest]
#[tokio::test]
async fn paging_returns_the_whole_list_in_every_order(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    make_table(&app).await;
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut rows: Vec<Model> = (0..40).map(|_| random(&mut rng)).collect();
    insert(&app, &rows).await;
    for (name, order, keys) in orders() {
        rows.sort_by(|one, other| compare(&keys, one, other));
        for end in [End::Front, End::Back] {
            let size = rng.u32(1..15);
            assert_eq!(
                walk(&app, &order, end, size, async || {}).await,
                rows,
                "{name} from the {end:?} by {size}"
            );
        }
    }
}

#[rstest]
#[tokio::test]
async fn paging_a_changing_list_returns_unchanged_rows_once(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    make_table(&app).await;
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = fastrand::Rng::with_seed(seed);
    let untouched: Vec<Model> = (0..25).map(|_| random(&mut rng)).collect();
    let moving: Vec<Model> = (0..8).map(|_| random(&mut rng)).collect();
    insert(&app, &untouched).await;
    insert(&app, &moving).await;
    let ids: HashSet<Uuid> = untouched.iter().map(|row| row.id).collect();
    for (name, order, keys) in orders() {
        let mut expected = untouched.clone();
        expected.sort_by(|one, other| compare(&keys, one, other));
        let end = if rng.bool() { End::Front } else { End::Back };
        let size = rng.u32(2..10);
        let mut changes = fastrand::Rng::with_seed(rng.u64(..));
        let seen = walk(&app, &order, end, size, async || {
            insert(&app, &[random(&mut changes)]).await;
            // One of the other rows moves to another position in the list.
            let moved = &moving[changes.usize(..moving.len())];
            let place = random(&mut changes);
            let moved = thing::ActiveModel {
                id: Set(moved.id),
                number: Set(place.number),
                maybe: Set(place.maybe),
                word: Set(place.word),
                flag: Set(place.flag),
            };
            Entity::update(moved).exec(app.store.write()).await.unwrap();
        })
        .await;
        let seen: Vec<Model> = seen.into_iter().filter(|row| ids.contains(&row.id)).collect();
        assert_eq!(seen, expected, "{name} from the {end:?} by {size}");
        let new = Entity::delete_many()
            .filter(Column::Id.is_not_in(ids.iter().copied().chain(moving.iter().map(|row| row.id))));
        new.exec(app.store.write()).await.unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn a_window_between_two_cursors_has_the_rows_between_them(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    make_table(&app).await;
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut rows: Vec<Model> = (0..20).map(|_| random(&mut rng)).collect();
    insert(&app, &rows).await;
    for (name, order, keys) in orders() {
        rows.sort_by(|one, other| compare(&keys, one, other));
        let (from, to) = (rng.usize(..19), rng.usize(1..20));
        let place = |at: usize| Some(order.position(&rows[at]));
        let window = PageWindow { after: place(from), before: place(to), ..PageWindow::new(30, End::Front) };
        let page = app.store.page(&Entity::find(), &order, &window).await.unwrap();
        let between = rows.get(from + 1..to).unwrap_or_default();
        assert_eq!(page.rows, between, "{name}, from {from} to {to}");
    }
}

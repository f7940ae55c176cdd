//! The second stage, on parsed documents.

use async_graphql::{Variables, parser::parse_query};
use document_guard::{Limits, Shape, measure};

#[test]
fn rejects_a_mutation_that_repeats_a_field() {
    let (shape, limits) =
        (Shape::of_sdl("type Query { a: Int } type Mutation { a: Int }"), Limits::default());
    let refusal = |text: &str| {
        let document = parse_query(text).unwrap();
        let operation = &document.operations.iter().next().unwrap().1.node;
        measure(&document, operation, &Variables::default(), &shape, &limits)
            .err()
            .map(|error| error.to_string())
    };
    let twice = Some("the mutation selects `erase` twice: give one of them an alias".to_owned());
    assert_eq!(refusal("mutation { erase(id: 1) { id } erase(id: 1) { id } }"), twice);
    assert_eq!(refusal("mutation { erase(id: 1) { id } erase(id: 1) { number } }"), twice);
    assert_eq!(
        refusal("mutation { create(id: 1) { id } erase: create(id: 1) { id } erase(id: 1) { id } }"),
        twice
    );
    let spread = Some("write the root fields of a mutation without fragments".to_owned());
    assert_eq!(refusal("fragment F on Mutation { erase(id: 1) { id } } mutation { ...F ...F }"), spread);
    assert_eq!(refusal("mutation { ... { erase(id: 1) { id } } erase(id: 1) { id } }"), spread);
    assert_eq!(refusal("mutation { a: erase(id: 1) { id } b: erase(id: 1) { id } }"), None);
    assert_eq!(refusal("{ viewer { permissions } viewer { permissions } }"), None);
}

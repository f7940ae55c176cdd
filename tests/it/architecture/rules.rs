//! Rules about single files.

use super::{at, sources};

/// The services that operations use: passed one by one or in an `OpContext`, never as a tuple.
const SERVICES: [&str; 7] = ["&Store", "&Vault", "&Caller", "&Clock", "&Services", "&Images", "&RootKey"];

#[test]
fn no_parameter_is_a_tuple_of_services() {
    for source in sources().values() {
        for service in SERVICES {
            let tuple = format!("): ({service},");
            if let Some(offset) = source.code.find(&tuple) {
                panic!("{}: a parameter is a tuple of services: take an OpContext", at(source, offset));
            }
        }
    }
}

#[test]
fn rows_that_others_have_locked_are_left_out_in_one_place() {
    for source in sources().values().filter(|source| source.module != ["db", "locked"]) {
        if let Some(offset) = source.code.find("SkipLocked") {
            panic!("{}: PostgreSQL may run such a subselect often: use `db::locked`", at(source, offset));
        }
    }
}

#[test]
fn every_mutation_runs_in_the_wrapper() {
    for source in sources().values() {
        if !source.module.iter().any(|part| part == "graphql") || source.module[0] == "graphql" {
            continue;
        }
        // The resolvers of an `impl …Mutation` that is a GraphQL object.
        let Some(object) = source.code.find("#[Object]\nimpl ").filter(|object| {
            source.code[*object..].lines().nth(1).is_some_and(|line| line.ends_with("Mutation {"))
        }) else {
            continue;
        };
        let end = source.code[object..].find("\n}\n").map_or(source.code.len(), |end| object + end);
        let mut offset = object;
        while let Some(next) = source.code[offset..end].find("\n    async fn ") {
            let begin = offset + next + 1;
            let body_end = source.code[begin..].find("\n    }\n").map_or(end, |end| begin + end);
            let body = &source.code[begin..body_end];
            let is_wrapped = body.contains("mutate(ctx, ") || body.contains("mutate_fresh(ctx, ");
            assert!(is_wrapped, "{}: a mutation does not run in `mutate`", at(source, begin));
            offset = body_end;
        }
    }
}

/// A read by REST chooses its server where its parameters are extracted. A signed URL is used up by its read, and what
/// signs people in and out reads what it has just written.
#[test]
fn every_rest_read_may_be_answered_by_the_replica() {
    let mut count = 0;
    for source in sources().values() {
        if !source.module.iter().any(|part| part == "rest")
            || ["http", "member"].contains(&source.module[0].as_str())
        {
            continue;
        }
        let mut offset = 0;
        while let Some(next) = source.code[offset..].find("#[utoipa::path(\n    get, ") {
            let begin = offset + next;
            let name = begin + source.code[begin..].find("async fn ").unwrap();
            let end = name + source.code[name..].find(") -> ").unwrap();
            let handler = &source.code[name..end];
            let is_read =
                handler.contains("reading: ReadRequest") || handler.starts_with("async fn download(");
            assert!(is_read, "{}: a read takes no ReadRequest", at(source, name));
            (offset, count) = (end, count + 1);
        }
    }
    assert!(count >= 10, "only {count} reads were found");
}

#[test]
fn a_permission_is_checked_in_one_place() {
    for source in sources().values() {
        let is_kit = ["auth", "graphql"].contains(&source.module.first().map_or("", String::as_str));
        if let Some(offset) = source.code.find(".permits(").filter(|_| !is_kit) {
            panic!("{}: `mutate` checks the permission of a mutation", at(source, offset));
        }
    }
}

/// One outcome enum per operation: a result inside of a result hides which of the two a `?` returns.
#[test]
fn no_result_contains_another_result() {
    for source in sources().values() {
        let mut offset = 0;
        while let Some(next) = source.code[offset..].find("Result<") {
            let begin = offset + next + "Result<".len();
            let inside = generics(&source.code[begin..]);
            let is_nested = inside.contains("Result<");
            assert!(
                !is_nested,
                "{}: a result contains another: use an outcome enum or CheckError",
                at(source, begin)
            );
            offset = begin;
        }
    }
}

/// The text up to the closing bracket of generics.
fn generics(text: &str) -> &str {
    let mut depth = 1;
    let end = text.char_indices().find(|(index, sign)| {
        match sign {
            '<' => depth += 1,
            '>' if !text[..*index].ends_with(['-', '=']) => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map_or(text, |(index, _)| &text[..index])
}

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
            let is_wrapped = source.code[begin..body_end].contains("mutate(ctx, ");
            assert!(is_wrapped, "{}: a mutation does not run in `mutate`", at(source, begin));
            offset = body_end;
        }
    }
}

#[test]
fn a_permission_is_checked_in_one_place() {
    for source in sources().values() {
        let is_kit = ["auth", "graphql"].contains(&source.module.first().map_or("", String::as_str));
        if let Some(offset) = source.code.find("policy::permits(").filter(|_| !is_kit) {
            panic!("{}: `mutate` checks the permission of a mutation", at(source, offset));
        }
    }
}

//! Introspection: the queries of tools are accepted, queries that multiply the schema are rejected.

use serde_json::json;

use super::{refusal, refused, start};

/// The query of `GraphiQL` and graphql-js with every option; types are followed through `levels` wrappers.
fn standard(levels: usize) -> String {
    let wrapped = "ofType { kind name ".repeat(levels);
    let closed = "} ".repeat(levels);
    format!(
        "query IntrospectionQuery {{
          __schema {{
            description
            queryType {{ name kind }} mutationType {{ name kind }} subscriptionType {{ name kind }}
            types {{ ...FullType }}
            directives {{ name description isRepeatable locations args(includeDeprecated: true) {{ ...InputValue }} }}
          }}
        }}
        fragment FullType on __Type {{
          kind name description specifiedByURL isOneOf
          fields(includeDeprecated: true) {{
            name description args(includeDeprecated: true) {{ ...InputValue }} type {{ ...TypeRef }}
            isDeprecated deprecationReason
          }}
          inputFields(includeDeprecated: true) {{ ...InputValue }}
          interfaces {{ ...TypeRef }}
          enumValues(includeDeprecated: true) {{ name description isDeprecated deprecationReason }}
          possibleTypes {{ ...TypeRef }}
        }}
        fragment InputValue on __InputValue {{
          name description type {{ ...TypeRef }} defaultValue isDeprecated deprecationReason
        }}
        fragment TypeRef on __Type {{ kind name {wrapped}{closed} }}"
    )
}

#[tokio::test]
async fn the_standard_introspection_query_is_accepted() {
    let app = start().await;
    for levels in [7, 9, 15] {
        let data = app.query(&standard(levels)).await;
        let types = data["__schema"]["types"].as_array().unwrap();
        let user = types.iter().find(|found| found["name"] == "User").unwrap();
        let id = user["fields"].as_array().unwrap().iter().find(|field| field["name"] == "id").unwrap();
        let name = &id["type"]["ofType"]["name"];
        assert_eq!((&id["type"]["kind"], name), (&json!("NON_NULL"), &json!("ID")), "{levels}");
    }
}

#[tokio::test]
async fn nested_introspection_lists_are_rejected() {
    let app = start().await;
    let message = |lists| {
        format!(
            "the operation nests introspection lists too deep ({lists}): the limit is 2 (`limits.introspection`)"
        )
    };
    for (document, lists) in [
        ("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", 3),
        ("{ __type(name: \"User\") { fields { type { fields { type { fields { name } } } } } } }", 3),
        ("{ __schema { types { possibleTypes { interfaces { possibleTypes { name } } } } } }", 3),
        ("{ __schema { types { a: fields { type { b: fields { args { type { inputFields { name } } } } } } } } }", 3),
        (
            "fragment A on __Type { fields { type { ...B } } } fragment B on __Type { fields { type { ...C } } }
             fragment C on __Type { fields { name } } { __schema { types { ...A } } }",
            3,
        ),
        ("{ viewer { permissions } ... on Query { __schema { types { ... { fields { type { fields { type { interfaces { name } } } } } } } } } }", 3),
    ] {
        refused(&app, vec![(document.to_owned(), json!({}), "QUERY_TOO_DEEP", &message(lists))]).await;
    }
}

#[tokio::test]
async fn repeated_introspection_fields_are_rejected() {
    let app = start().await;
    for part in ["types { NAMES }", "types { fields { NAMES } }", "types { a: enumValues { NAMES } }"] {
        let document = format!("{{ __schema {{ {} }} }}", part.replace("NAMES", &"name ".repeat(1_950)));
        let (code, message) = refusal(&app, &document, json!({})).await;
        assert_eq!(code, "QUERY_TOO_COMPLEX", "{part}");
        assert!(message.starts_with("the operation selects too many introspection fields ("), "{message}");
        assert!(message.ends_with("): the limit is 250000 (`limits.schema_fields`)"), "{message}");
    }
}

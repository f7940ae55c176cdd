//! The documented requests and their documented answers, with the data of the demo.

use base64::{Engine, prelude::BASE64_STANDARD};
use rstest::rstest;
use serde_json::Value;
use verigraph::cli::fill_demo;

use super::get;
use crate::harness::{Db, TestApp};

/// The placeholder that the API document prints for an image.
const KEY: &str = "YOUR_API_KEY";

/// An example as JSON: enum names in quotes, names with two spellings as in the enum, and no trailing comma.
fn normalised(text: &str) -> Value {
    let mut text = text.to_owned();
    while let Some(at) = text.find("StepId.") {
        let end = at + text[at..].find(',').unwrap();
        let name = text[at + "StepId.".len()..end].replace("DRIVER_LICENSE", "DRIVING_LICENSE");
        text.replace_range(at..end, &format!("\"{name}\""));
    }
    serde_json::from_str(&text.replace("],\n}", "]\n}")).unwrap()
}

/// An answer with the bytes of each image replaced by the document's placeholder. They must be valid images.
fn without_images(mut answer: Value) -> Value {
    let documents = answer["documents"].as_array().unwrap().len();
    let kinds = ["front", "back", "photo", "frontCropped", "backCropped"];
    let of_documents =
        (0..documents).flat_map(|place| kinds.iter().map(move |kind| format!("/documents/{place}/{kind}")));
    for pointer in of_documents.chain(["/selfie".to_owned()]) {
        let Some(Value::String(image)) = answer.pointer_mut(&pointer) else { continue };
        if !image.is_empty() {
            let bytes = BASE64_STANDARD.decode(&image).unwrap();
            assert!(bytes.starts_with(b"\xff\xd8\xff") && bytes.len() > 1000, "{pointer}");
            "base_64".clone_into(image);
        }
    }
    answer
}

/// Byte for byte, including the order of keys.
#[rstest]
#[tokio::test]
async fn the_documented_requests_return_the_documented_answers(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let services = &app.app.services;
    let project = fill_demo(services).await.unwrap();
    let expected = normalised(include_str!("../seed/verified-user.txt"));
    let user = "F1A1B12C-4F32-43A2-BE72-9DAB8D4C6E2B";
    for path in ["/v2/users", "/v2/sessions", "/sessions"] {
        let answer = get(&app, KEY, &format!("{path}/{user}")).await;
        assert_eq!((answer.status.as_u16(), answer.text), (200, expected.to_string()), "{path}");
        assert_eq!(answer.headers["content-type"], "application/json");
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
    let expected = normalised(include_str!("../seed/verified-documents.txt"));
    let path = "/v2/users/3eb8c91c-c866-4fcb-9805-67e8b45c7883";
    let answer = get(&app, KEY, &format!("{path}/documents")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(without_images(answer.json()).to_string(), expected.to_string());
    // The same documents without images, with the type that the first example omits.
    let mut mine = get(&app, KEY, path).await.json();
    for document in expected["documents"].as_array().unwrap() {
        let mut document = document.clone();
        let fields = document.as_object_mut().unwrap();
        fields.retain(|_, value| *value != "base_64" && *value != "");
        let shown = mine["documents"].as_array_mut().unwrap().remove(0);
        assert_eq!(shown.to_string(), document.to_string());
    }
    // A restarted demo has them once.
    assert_eq!(fill_demo(services).await.unwrap(), project);
    let again = get(&app, KEY, &format!("{path}/documents")).await;
    assert_eq!(again.text, answer.text);
}

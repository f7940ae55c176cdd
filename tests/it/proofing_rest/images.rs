//! Images: which are accepted, which are rejected, and where they are stored.

use axum::{
    body::Body,
    http::{Request, header},
};
use entity::proofing_request::{DeviceCheck, State};
use rstest::rstest;
use serde_json::json;
use verigraph::{config::Config, crypto::AssociatedData};

use super::{LIST, refused};
use crate::harness::{Answer, Db, NewProofing, TestApp, picture};

/// A PNG of one pixel.
pub const IMAGE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9b\
    U\0\0\0\nIDATx\xdach\0\0\0\x82\0\x81\xdaE\x08;\0\0\0\0IEND\xaeB`\x82";

pub async fn put(app: &TestApp, token: &str, id: &str, side: &str, image: &[u8]) -> Answer {
    let request = Request::put(format!("{LIST}/{id}/image/{side}"))
        .header(header::CONTENT_TYPE, "application/octet-stream")
        .header(header::AUTHORIZATION, token)
        .body(Body::from(image.to_vec()));
    app.send(request.unwrap()).await
}

/// A JPEG with metadata of a camera.
fn photo() -> Vec<u8> {
    let mut plain = std::io::Cursor::new(Vec::new());
    let drawn = image::load_from_memory(&picture()).unwrap();
    drawn.write_to(&mut plain, image::ImageFormat::Jpeg).unwrap();
    let plain = plain.into_inner();
    let exif = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0 canary of a place";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, exif, &plain[2..]].concat()
}

fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[rstest]
#[tokio::test]
async fn images_of_both_sides_are_stored(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = app.proofing(NewProofing::default()).await.id.to_string();
    let photo = photo();
    assert!(has(&photo, b"canary"));
    for (side, name, image) in [("0?classified=true", "front", &photo), ("1", "back", &picture())] {
        let answer = put(&app, &app.token, &id, side, image).await;
        let expected = json!({
            "requestId": id, "state": "IMAGE", "side": name, "classified": name == "front",
            "uploadTime": "2026-01-15T12:00:00Z",
        });
        assert_eq!(answer.json(), expected);
        let file = app.data_dir().join("images").join(app.project.to_string()).join(&id).join(name);
        let keys = app.app.vault.project(app.project).await.unwrap();
        let place =
            AssociatedData { scope: app.project, table: "images", column: name, row: id.parse().unwrap() };
        let kept = keys.common().open(place, &std::fs::read(file).unwrap()).unwrap();
        assert_eq!(image::guess_format(&kept).unwrap(), image::guess_format(image).unwrap());
        let shown = image::load_from_memory(&kept).unwrap();
        assert_eq!((shown.width(), shown.height()), (48, 32));
        // The metadata of the camera is not stored.
        assert!(!has(&kept, b"canary") && !has(&kept, b"Exif"));
    }
    let query = format!(
        "{{ proofingRequest(id: \"{id}\") {{ state frontImageClassified frontImageUploadTime
            backImageClassified backImageUploadTime }} }}"
    );
    let at = "2026-01-15T12:00:00.000Z";
    let expected = json!({ "proofingRequest": {
        "state": "IMAGE", "frontImageClassified": true, "frontImageUploadTime": at,
        "backImageClassified": false, "backImageUploadTime": at,
    } });
    assert_eq!(app.query(&query).await, expected);
}

#[rstest]
#[tokio::test]
async fn an_invalid_image_or_one_in_a_wrong_state_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = app.proofing(NewProofing::default()).await.id.to_string();
    let large = [IMAGE, &vec![0; 13 * 1024 * 1024]].concat();
    for (side, image, expected) in [
        ("0", &b""[..], (400, "empty_image")),
        ("0", b"GIF89a and more", (400, "unsupported_image_type")),
        ("1", b"%PDF-1.7", (400, "unsupported_image_type")),
        ("0", &IMAGE[..40], (400, "broken_image")),
        ("1", b"\xff\xd8\xff\xe0 an image", (400, "broken_image")),
        ("2", IMAGE, (400, "invalid_side")),
        ("front", IMAGE, (400, "invalid_side")),
        ("0?classified=1", IMAGE, (400, "invalid_value")),
        ("0", &large, (413, "payload_too_large")),
    ] {
        let (status, code) = refused(&put(&app, &app.token, &id, side, image).await);
        assert_eq!((status, code.as_str()), expected);
    }
    let done = NewProofing { state: State::Complete, ..NewProofing::default() };
    let denied = NewProofing { device: DeviceCheck::Deny, ..NewProofing::default() };
    for (new, code) in [(done, "request_completed"), (denied, "device_denied")] {
        let id = app.proofing(new).await.id.to_string();
        assert_eq!(refused(&put(&app, &app.token, &id, "0", IMAGE).await), (409, code.to_owned()));
    }
    assert_eq!(
        refused(&put(&app, &app.token, "nobody", "0", IMAGE).await),
        (404, "request_not_found".to_owned())
    );
    // Unauthorized callers are rejected before their images are read.
    assert_eq!(refused(&put(&app, "nonsense", &id, "0", &large).await), (401, "unauthenticated".to_owned()));
    assert!(!app.data_dir().join("images").exists());
}

#[rstest]
#[tokio::test]
async fn an_image_with_too_many_pixels_is_rejected(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let mut app = TestApp::start(db).await;
    let mut config = Config::default();
    config.limits.image_pixels = 48 * 32 - 1;
    app.restart_with(config);
    let id = app.proofing(NewProofing::default()).await.id.to_string();
    let refused = refused(&put(&app, &app.token, &id, "0", &picture()).await);
    assert_eq!(refused, (400, "too_many_pixels".to_owned()));
    assert!(!app.data_dir().join("images").exists());
}

#[rstest]
#[tokio::test]
async fn an_image_just_within_the_limit_is_stored(#[values(Db::Sqlite, Db::Postgres)] db: Db) {
    let app = TestApp::start(db).await;
    let id = app.proofing(NewProofing::default()).await.id.to_string();
    let mut image = IMAGE.to_vec();
    image.resize(12 * 1024 * 1024, 0);
    assert_eq!(put(&app, &app.token, &id, "0", &image).await.status, 200);
    image.push(0);
    assert_eq!(put(&app, &app.token, &id, "0", &image).await.status, 413);
}

//! The two users of the document "Get User Verification". One has the documents that it prints; the other
//! also has their images, which are drawn here.

use chrono::NaiveDate;
use entity::{
    Timestamp,
    document::{self, Findings},
    document_image::{
        self,
        Kind::{self as Image, Back, BackCropped, Front, FrontCropped, Photo, Selfie},
    },
    user,
    verification_session::{self, Status, Step, Steps},
};
use image::{ImageFormat, Rgb, RgbImage};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    Error, Result, blob,
    cli::{open::Installation, people::Unsealed},
    clock::id_at,
    crypto::DataKey,
    document::{
        Fields, checks,
        store::{
            image::{IMAGE, THUMBNAIL},
            submit::day,
        },
    },
    session::{rules::DEFAULT_FLOW, store::seal},
    user::{Personal, personal::key_of},
};

/// The user of the document's first example.
const PRINTED: &str = "F1A1B12C-4F32-43A2-BE72-9DAB8D4C6E2B";
/// The user of both requests and of the second example.
pub const REF_ID: &str = "3eb8c91c-c866-4fcb-9805-67e8b45c7883";
/// 2024-09-23T22:55:25.894Z
const AT: Timestamp = Timestamp(1_727_132_125_894);

/// One of the two users.
struct Example {
    ref_id: &'static str,
    number: i64,
    /// Part of this user's row ids, before the row's number.
    index: u8,
    /// The ids that the document prints: user, session and flow.
    printed: Option<[&'static str; 3]>,
}

const EXAMPLES: [Example; 2] = [
    Example {
        ref_id: PRINTED,
        number: 301,
        index: 10,
        printed: Some(["66f1f1dd3a091e401033b270", "76g12d91a2836ecf43cdcb46", "76g12d91a2836ecf43cdcb40"]),
    },
    Example { ref_id: REF_ID, number: 302, index: 20, printed: None },
];

/// The two users, not yet sealed.
pub fn users(project: Uuid) -> Vec<Unsealed> {
    EXAMPLES.iter().map(|example| example.user(project)).collect()
}

/// Inserts the missing rows of their sessions.
pub async fn fill(opened: &Installation, project: Uuid) -> Result<()> {
    for example in &EXAMPLES {
        let user = user::Entity::find_by_id((example.id(0), project));
        let user =
            user.one(opened.store.write()).await?.ok_or(Error::Fault("a user of the demo is missing"))?;
        let Some(key) = key_of(&opened.vault, &user).await? else { continue };
        let drawn = document_image::Entity::find()
            .filter(document_image::Column::ProjectId.eq(project))
            .filter(document_image::Column::UserId.eq(user.id));
        let drawn = opened.store.count(&drawn).await?;
        let images = if example.printed.is_none() && drawn == 0 {
            example.images(opened, project, &key).await?
        } else {
            Vec::new()
        };
        let db = opened.store.begin().await?;
        example.insert(&db, project, &key, images).await?;
        db.commit().await?;
    }
    Ok(())
}

impl Example {
    fn id(&self, row: u8) -> Uuid {
        id_at(AT, [0, 0, 0, 0, 0, 0, 0, 0, 2, self.index + row])
    }

    fn user(&self, project: Uuid) -> Unsealed {
        let text = |text: &str| Some(text.to_owned());
        Unsealed {
            id: self.id(0),
            project,
            ref_id: self.ref_id.to_owned(),
            source_id: self.printed.map(|[user, ..]| user.to_owned()),
            number: self.number,
            status: user::Status::Active,
            personal: Personal {
                first_name: text("John"),
                last_name: text("Doe"),
                birth_date: NaiveDate::from_ymd_opt(1990, 1, 1),
                ..Personal::default()
            },
            created_at: AT,
            updated_at: Timestamp(AT.0 + 1),
            joined_at: Some(AT),
        }
    }

    async fn insert(
        &self,
        db: &impl ConnectionTrait,
        project: Uuid,
        key: &DataKey,
        images: Vec<document_image::Model>,
    ) -> Result<()> {
        let id = self.id(1);
        let printed = |index: usize| self.printed.map(|printed| printed[index].to_owned());
        let session = verification_session::Model {
            id,
            project_id: project,
            user_id: self.id(0),
            source_id: printed(1),
            flow_id: printed(2).unwrap_or_else(|| DEFAULT_FLOW.to_owned()),
            status: Status::Successful,
            steps: Steps(vec![Step::IdDocument, Step::DrivingLicense]),
            metadata: seal(key, project, id, &["203.0.113.5".to_owned()])?,
            created_at: AT,
            updated_at: Timestamp(AT.0 + 1),
            completed_at: Some(Timestamp(AT.0 + 1)),
            version: 1,
        };
        let nothing = OnConflict::new().do_nothing().to_owned();
        verification_session::Entity::insert_many([session.into_active_model().reset_all()])
            .on_conflict(nothing.clone())
            .exec_without_returning(db)
            .await?;
        let type_of_first = self.printed.is_none().then_some(document::Kind::Passport);
        for (row, step, kind, fields, match_level) in [
            (2, Step::IdDocument, type_of_first, identity(), Some(7)),
            (3, Step::DrivingLicense, Some(document::Kind::DriversLicense), license(), None),
        ] {
            let (mrz_status, findings) = checks::check(&fields, day(AT));
            let row = document::Model {
                id: self.id(row),
                project_id: project,
                user_id: self.id(0),
                session_id: Some(id),
                identification_id: None,
                step: Some(step),
                kind,
                fields: fields.seal(key, project, self.id(row))?,
                mrz_status,
                findings: Findings(findings),
                match_level,
                created_at: AT,
                updated_at: AT,
            };
            document::Entity::insert_many([row.into_active_model().reset_all()])
                .on_conflict(nothing.clone())
                .exec_without_returning(db)
                .await?;
        }
        for image in images {
            document_image::Entity::insert_many([image.into_active_model().reset_all()])
                .on_conflict(nothing.clone())
                .exec_without_returning(db)
                .await?;
        }
        Ok(())
    }

    /// Draws and stores the images and returns their rows.
    async fn images(
        &self,
        opened: &Installation,
        project: Uuid,
        key: &DataKey,
    ) -> Result<Vec<document_image::Model>> {
        let shown: [(u8, Option<u8>, Image, [u32; 2]); 9] = [
            (4, Some(2), Front, [600, 420]),
            (5, Some(2), Photo, [180, 240]),
            (6, Some(2), FrontCropped, [560, 390]),
            (7, Some(3), Front, [540, 340]),
            (8, Some(3), Back, [540, 340]),
            (9, Some(3), Photo, [150, 200]),
            (10, Some(3), FrontCropped, [500, 316]),
            (11, Some(3), BackCropped, [500, 316]),
            (12, None, Selfie, [360, 480]),
        ];
        let mut rows = Vec::new();
        for (index, of, kind, [width, height]) in shown {
            let id = self.id(index);
            let picture = blob::check(drawn(kind, width, height)?, u64::MAX).await;
            let picture = picture
                .map_err(|error| error.into_error(|_| Error::Fault("a drawn image could not be read")))?;
            opened.images.keep(key, project, id, IMAGE, &picture.bytes).await?;
            opened.images.keep(key, project, id, THUMBNAIL, &picture.thumbnail).await?;
            rows.push(document_image::Model {
                id,
                project_id: project,
                user_id: self.id(0),
                document_id: of.map(|of| self.id(of)),
                session_id: self.id(1),
                kind,
                content_type: picture.content_type.to_owned(),
                bytes: i64::try_from(picture.bytes.len()).unwrap_or_default(),
                width: i32::try_from(width).unwrap_or_default(),
                height: i32::try_from(height).unwrap_or_default(),
                uploaded_at: AT,
            });
        }
        Ok(rows)
    }
}

fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn identity() -> Fields {
    let text = |text: &str| Some(text.to_owned());
    Fields {
        first_name: text("JOHN"),
        last_name: text("DOE"),
        date_of_expiration: date(2030, 7, 15),
        address: text("1234 FAKE STREET, SPRINGFIELD"),
        date_of_issue: date(2020, 7, 15),
        sex: text("M"),
        date_of_birth: date(1990, 1, 1),
        issuer: text("SPRINGFIELD MUNICIPALITY"),
        place_of_birth: text("SPRINGFIELD"),
        mrz: ["P<USAJOHN<<DOE<<<<<<<<<<<<<<<<<<<<<<<<<<", "X12345678USA900101M3007155DOE<<<<<<<<<<"]
            .map(str::to_owned)
            .into(),
        id_number: text("X12345678"),
        ..Fields::default()
    }
}

fn license() -> Fields {
    let text = |text: &str| Some(text.to_owned());
    Fields {
        first_name: text("JOHN"),
        last_name: text("DOE"),
        date_of_issue: date(2015, 5, 10),
        date_of_birth: date(1990, 1, 1),
        id_number: text("DL987654321"),
        ..Fields::default()
    }
}

/// Draws a card or a face from rectangles and an ellipse.
fn drawn(kind: Image, width: u32, height: u32) -> Result<Vec<u8>> {
    let is_face = matches!(kind, Photo | Selfie);
    let image = RgbImage::from_fn(width, height, |x, y| {
        // Coordinates are in thousandths of the image's sides.
        let (across, down) = (x * 1000 / width, y * 1000 / height);
        let within =
            |left, right, top, bottom| (left..right).contains(&across) && (top..bottom).contains(&down);
        let face = |left: u32, right: u32, top: u32, bottom: u32| {
            let (middle, centre) = (left.midpoint(right), top.midpoint(bottom));
            let (dx, dy) = (
                across.abs_diff(middle) * 1000 / (right - left),
                down.abs_diff(centre) * 1000 / (bottom - top),
            );
            dx * dx + dy * dy < 250_000
        };
        if is_face {
            return if face(250, 750, 200, 800) { Rgb([224, 186, 150]) } else { Rgb([176, 200, 214]) };
        }
        let is_line = (300..700).contains(&down) && (down / 40).is_multiple_of(2);
        match kind {
            _ if within(0, 1000, 0, 130) => Rgb([44, 82, 120]),
            Front | FrontCropped if face(80, 300, 260, 680) => Rgb([224, 186, 150]),
            Front | FrontCropped if within(80, 300, 240, 700) => Rgb([176, 200, 214]),
            Front | FrontCropped if is_line && within(360, 900, 0, 1000) => Rgb([70, 70, 80]),
            Back | BackCropped if is_line && within(80, 920, 0, 1000) => Rgb([120, 120, 130]),
            _ if down > 780 && (down / 50).is_multiple_of(2) && within(60, 940, 0, 1000) => Rgb([30, 30, 30]),
            _ => Rgb([232, 236, 228]),
        }
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, ImageFormat::Jpeg).map_err(|_| Error::Fault("an image could not be drawn"))?;
    Ok(bytes.into_inner())
}

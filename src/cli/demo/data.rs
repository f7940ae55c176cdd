//! The rows of the demo: the documented examples, under fixed ids.

use entity::{
    Timestamp,
    identification::{self, Process, Reason, Reasons, Status},
    level_change, project, proofing_request, user, user_tag,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
    prelude::Date, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{history::History, proofings, results, sessions};
use crate::{
    auth::{
        Permissions,
        credential::{self, IssuedCredential, NewCredential},
    },
    cli::{
        open::Installation,
        outcome::{Failure, Outcome},
        people::{self, Run, Unsealed},
    },
    clock::id_at,
    crypto::ProjectKeys,
    db::Transaction,
    identification::{rules, store::totals as identification_totals},
    project::store,
    proofing::store::totals,
    user::{Personal, lookup},
};

pub const CLIENT_ID: &str = "demo";
pub const CLIENT_SECRET: &str = "demo-secret";
const TAGGED: (&str, &str) = ("demo-vip", "demo-vip-secret");
const OTHER: (&str, &str) = ("demo-other", "demo-other-secret");
const ADMIN: (&str, &str) = ("demo-admin", "demo-admin-secret");
const NO_IDPROOFING: (&str, &str) = ("demo-no-idproofing", "demo-no-idproofing-secret");
/// All clients of the demo with their secrets, which are public.
pub const CLIENTS: [(&str, &str); 5] = [(CLIENT_ID, CLIENT_SECRET), TAGGED, OTHER, ADMIN, NO_IDPROOFING];
/// The placeholder that the document prints for the client's own key.
pub const API_KEY: &str = "YOUR_API_KEY";

/// The placeholder that the document prints for the client's own id.
const SEED_REF: &str = "$YOUR_USER_ID";
const PROJECT: &str = "Demo";
const OTHER_PROJECT: &str = "Demo of another project";

/// Ids of the demo's rows.
pub struct DemoData {
    pub project: Uuid,
    pub other_project: Uuid,
    pub credential: Uuid,
    pub tagged_credential: Uuid,
    pub other_credential: Uuid,
    pub no_idproofing_credential: Uuid,
    pub seed_user: Uuid,
    pub tagged_user: Uuid,
    /// The relying parties' integrations with their credentials.
    pub integrations: serde_json::Value,
}

/// Inserts the rows that are missing.
pub async fn fill(opened: &Installation) -> Outcome<DemoData> {
    let project = sandbox(opened, PROJECT, results::PROJECT).await?;
    let other = sandbox(opened, OTHER_PROJECT, opened.clock.new_id()).await?;
    let vip = Some(vec!["vip".to_owned()]);
    let all = Permissions::all();
    let opener =
        |project, pair, permissions, tags, number| opener(opened, project, pair, (permissions, tags), number);
    let credential = opener(project, (CLIENT_ID, CLIENT_SECRET), all, None, Some(1)).await?;
    let tagged_credential = opener(project, TAGGED, all, vip, None).await?;
    let other_credential = opener(other, OTHER, all, None, None).await?;
    // The admin who granted the level in the document's second example.
    let admin = opener(project, ADMIN, all, None, Some(11)).await?;
    let without = all.iter().filter(|permission| !permission.name().starts_with("IDPROOFING:")).collect();
    let no_idproofing_credential = opener(project, NO_IDPROOFING, without, None, None).await?;

    let user = |name: &str, number, index| Example { project, index, name: name.to_owned(), number };
    let (seed, tagged) = (user(SEED_REF, 1, 1), user("vip-customer", 2, 2));
    let mut users = vec![seed.row("Anna", "Muster"), tagged.row("Vera", "Beispiel")];
    let mut runs = seed_runs(project, seed.id());
    let whole = |example: &Example, index, process, status| {
        let at = example.created_at().plus_seconds(3_600 * i64::from(index));
        let run = Run {
            id: fixed(at, index),
            project,
            user: example.id(),
            process,
            created_at: at,
            updated_at: at.plus_seconds(600),
        };
        run.with(rules::levels(process, status), &Reasons(vec![Reason::ExpiredDocument]))
    };
    runs.push(whole(&tagged, 11, Process::Pvid, Status::Valid));
    // One more user for each status an identification can be in.
    let rest = [Status::Started, Status::Pending, Status::Invalid, Status::Canceled, Status::Expired];
    for (index, status) in (3..).zip(rest) {
        let example =
            user(&format!("example-{}", format!("{status:?}").to_lowercase()), i64::from(index), index);
        users.push(example.row("Max", &format!("{status:?}")));
        runs.push(whole(&example, index + 20, Process::Qes, status));
    }
    // The user of the documented verification result, and a user of another project.
    let mut released = user("released", 90, 90).row("Rita", "Relying");
    released.personal.birth_date = Date::from_ymd_opt(1995, 6, 4);
    let elsewhere =
        Example { project: other, index: 60, name: "elsewhere".to_owned(), number: 1 }.row("Eva", "Fremd");
    users.extend([released.clone(), elsewhere.clone()]);

    let clients = [user("client-222", 222, 70), user("client-17", 17, 71)];
    users.extend([clients[0].row("Clara", "Klient"), clients[1].row("Claus", "Kunde")]);
    let history = History::documented(project, clients.each_ref().map(Example::id), [credential, admin]);

    users.extend(sessions::users(project));

    let tags = vec![user_tag::ActiveModel {
        user_id: Set(tagged.id()),
        tag: Set("vip".to_owned()),
        project_id: Set(project),
    }];
    // Before the transaction: the first key of a project is created in one of its own.
    let keys = [opened.vault.project(project).await?, opened.vault.project(other).await?];
    let db = opened.store.begin().await?;
    let nothing = OnConflict::new().do_nothing().to_owned();
    add_users(opened, &db, [(project, &keys[0]), (other, &keys[1])], &users).await?;
    user_tag::Entity::insert_many(tags).on_conflict(nothing.clone()).exec_without_returning(&db).await?;
    let changes: Vec<_> =
        runs.iter().flat_map(people::history).map(|row| row.into_active_model().reset_all()).collect();
    identification::Entity::insert_many(runs.into_iter().map(|row| row.into_active_model().reset_all()))
        .on_conflict(nothing.clone())
        .exec_without_returning(&db)
        .await?;
    level_change::Entity::insert_many(changes)
        .on_conflict(nothing.clone())
        .exec_without_returning(&db)
        .await?;
    history.insert(&db).await?;
    let proofings = proofings::rows(project, &[seed.id(), tagged.id()]);
    proofing_request::Entity::insert_many(proofings).on_conflict(nothing).exec_without_returning(&db).await?;
    totals::rebuild(&db, opened.store.dialect(), project).await?;
    identification_totals::rebuild(&db, project).await?;
    db.commit().await?;
    let integrations = results::fill(opened, other, [&released, &elsewhere]).await?;
    sessions::fill(opened, project).await?;
    let (seed_user, tagged_user) = (seed.id(), tagged.id());
    Ok(DemoData {
        project,
        other_project: other,
        credential,
        tagged_credential,
        other_credential,
        no_idproofing_credential,
        seed_user,
        tagged_user,
        integrations,
    })
}

/// Adds the users that are missing. Those that are there may be changed or erased since.
async fn add_users(
    opened: &Installation,
    db: &Transaction,
    projects: [(Uuid, &ProjectKeys); 2],
    users: &[Unsealed],
) -> Outcome<()> {
    for (project, keys) in projects {
        let there = user::Entity::find().filter(user::Column::ProjectId.eq(project)).select_only();
        let there: Vec<Uuid> = there.column(user::Column::Id).into_tuple().all(db).await?;
        let new = users.iter().filter(|user| user.project == project && !there.contains(&user.id));
        let (mut rows, mut found) = (Vec::new(), Vec::new());
        for user in new {
            let (row, personal) = user.clone().seal(keys)?;
            rows.push(row);
            found.push((user.id, personal));
        }
        if !rows.is_empty() {
            user::Entity::insert_many(rows).exec_without_returning(db).await?;
            let found: Vec<_> = found.iter().map(|(id, personal)| (*id, personal)).collect();
            lookup::insert(db, &opened.vault, project, &found).await?;
        }
    }
    Ok(())
}

/// The three identifications that the document prints.
fn seed_runs(project: Uuid, user: Uuid) -> Vec<identification::Model> {
    use Status::{Invalid, NotSupported, Valid};
    let reasons = Reasons(vec![Reason::BadDocumentLighting]);
    let run = |index, process, updated_at, levels| {
        let (updated_at, created_at) = (Timestamp(updated_at), Timestamp(updated_at).plus_seconds(-600));
        Run { id: fixed(created_at, index), project, user, process, created_at, updated_at }
            .with(levels, &reasons)
    };
    vec![
        // 2023-11-29T09:15:25.978Z, 2023-11-28T17:00:23.903Z, 2023-11-24T10:49:40.470Z
        run(1, Process::Expert, 1_701_249_325_978, [Valid, NotSupported, NotSupported]),
        run(2, Process::Pvid, 1_701_190_823_903, [Valid, NotSupported, Valid]),
        run(3, Process::Qes, 1_700_822_980_470, [Invalid, Invalid, NotSupported]),
    ]
}

/// A user of the demo.
struct Example {
    project: Uuid,
    index: u8,
    name: String,
    number: i64,
}

impl Example {
    /// 2023-11-01T08:00:00Z, plus one minute for each preceding user.
    fn created_at(&self) -> Timestamp {
        Timestamp(1_698_825_600_000).plus_seconds(60 * i64::from(self.index))
    }

    fn id(&self) -> Uuid {
        fixed(self.created_at(), self.index)
    }

    fn row(&self, first_name: &str, last_name: &str) -> Unsealed {
        let at = self.created_at();
        let text = |text: &str| Some(text.to_owned());
        let personal = Personal {
            first_name: text(first_name),
            all_first_names: text(first_name),
            last_name: text(last_name),
            birth_date: Date::from_ymd_opt(1990, 5, 17),
            birth_city: text("Zürich"),
            birth_country: text("CHE"),
            nationality: text("CHE"),
            mobile_phone_number: Some(format!("+41791234{:03}", self.number)),
            verified_emails: vec![format!("user-{}@example.com", self.number)],
            ..Personal::default()
        };
        Unsealed {
            id: self.id(),
            project: self.project,
            ref_id: self.name.clone(),
            source_id: None,
            number: self.number,
            status: user::Status::Active,
            personal,
            created_at: at,
            updated_at: at.plus_seconds(86_400),
            joined_at: Some(at.plus_seconds(300)),
        }
    }
}

fn fixed(at: Timestamp, index: u8) -> Uuid {
    id_at(at, [0, 0, 0, 0, 0, 0, 0, 0, 0, index])
}

async fn sandbox(opened: &Installation, name: &str, id: Uuid) -> Outcome<Uuid> {
    if let Some(project) = store::find(&opened.store, name).await? {
        return Ok(project.id);
    }
    let created = store::create_as(&opened.store, &opened.clock, id, name, project::Mode::Sandbox).await?;
    created
        .map(|project| project.id)
        .ok_or_else(|| Failure::new("another demo is starting on this database: wait until it is ready"))
}

async fn opener(
    opened: &Installation,
    project: Uuid,
    (client_id, client_secret): (&str, &str),
    (permissions, tag_limits): (Permissions, Option<Vec<String>>),
    number: Option<i64>,
) -> Outcome<Uuid> {
    let Installation { store, root, clock, .. } = opened;
    let known = entity::credential::Entity::find().filter(entity::credential::Column::ClientId.eq(client_id));
    if let Some(known) = known.one(store.read()).await? {
        // The credential was created by a build with fewer permissions.
        credential::permit(store, clock, known.id, permissions).await?;
        return Ok(known.id);
    }
    let (client_id, client_secret) = (client_id.to_owned(), client_secret.to_owned());
    let api_key = (client_id == CLIENT_ID).then(|| API_KEY.to_owned());
    let pair = IssuedCredential { credential: clock.new_id(), client_id, client_secret, api_key };
    let new = NewCredential {
        project,
        label: "Demo".to_owned(),
        permissions,
        tag_limits,
        number,
        created_by: None,
    };
    Ok(credential::create_as(store, root, clock, new, pair).await?.credential)
}

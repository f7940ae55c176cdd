//! Steps about users and identifications.

use sea_orm::ActiveEnum;
use uuid::Uuid;

use super::{
    capture::ERASED,
    file::{Grant, Identification, LevelReport, Levels, ReasonStep, User},
    run::{Run, StepResult},
};
use crate::{
    Result,
    document::day,
    identification::{
        graphql::IdentificationStatus,
        rules::{self, Cause, TransitionError},
        store::{
            start::{self, NewIdentification, StartOutcome},
            update::{self, UpdateOutcome},
        },
    },
    sandbox,
    user::{
        Personal,
        rules::{PersonalField, check_tags},
        store::write::{self, CreateOutcome, NewUser},
    },
    verification::{
        grant::{self, CreateLevelOutcome, GrantOutcome, NewLevel},
        store::ladder,
    },
};

/// Maximum length of a reason and of a level's name, in characters.
const WORDS: usize = 255;

impl Run<'_> {
    pub(super) async fn user(&self, user: &User) -> Result<StepResult> {
        let first_name = user.first_name.clone().unwrap_or_else(|| "Alex".to_owned());
        let personal = Personal {
            all_first_names: Some(first_name.clone()),
            first_name: Some(first_name),
            last_name: Some(user.last_name.clone().unwrap_or_else(|| "Sandbox".to_owned())),
            birth_date: user.birth_date.or_else(|| chrono::NaiveDate::from_ymd_opt(1990, 1, 1)),
            nationality: Some(user.nationality.clone().unwrap_or_else(|| "FRA".to_owned())),
            mobile_phone_number: user.phone.clone(),
            verified_emails: user.emails.clone(),
            ..Personal::default()
        };
        let personal = match personal.validate(day(self.clock.now())) {
            Ok(personal) => personal,
            Err(why) => {
                let name = match why.field {
                    PersonalField::Nationality => "nationality",
                    PersonalField::MobilePhoneNumber => "phone",
                    PersonalField::VerifiedEmails => "emails",
                    field => field.name(),
                };
                return Ok(StepResult::Rejected(why.named(name)));
            }
        };
        if let Err((name, why)) = check_tags(&user.tags) {
            return Ok(StepResult::Rejected(format!("`{name}`: {why}")));
        }
        // Sessions are created by `refId`.
        let ref_id = user.ref_id.clone().unwrap_or_else(|| format!("scenario-{}", self.clock.new_id()));
        if !crate::session::rules::is_ref_id(&ref_id) {
            return Ok(StepResult::Rejected("`refId`: it is empty, too long, or contains NUL".to_owned()));
        }
        let new = NewUser { ref_id: Some(ref_id), personal, tags: user.tags.clone(), ..NewUser::default() };
        let op = self.op();
        Ok(match write::create(op, &new, None).await? {
            CreateOutcome::Created(row) => StepResult::Done("created".to_owned(), row.id),
            CreateOutcome::RefIdTaken => {
                StepResult::Rejected("another user of the project has this refId".to_owned())
            }
            // Callers that run scenarios have no tag limits.
            CreateOutcome::OutsideLimits(_) | CreateOutcome::KeyReused => {
                StepResult::Rejected("the user no longer exists".to_owned())
            }
        })
    }

    pub(super) async fn identification(&self, user: Uuid, new: &Identification) -> Result<StepResult> {
        let process = new.process.into();
        let wanted = NewIdentification {
            user,
            process,
            levels: rules::levels(process, entity::identification::Status::Started),
            reasons: Vec::new(),
            created_at: None,
            document: None,
            source: None,
            key: None,
        };
        let op = self.op();
        Ok(match start::start(op, &wanted).await? {
            StartOutcome::Done(row) => {
                StepResult::Done(format!("{}: {}", new.process.name(), row.status.to_value()), row.id)
            }
            StartOutcome::UserDeactivated => StepResult::Rejected("the user is deactivated".to_owned()),
            StartOutcome::UserNotFound | StartOutcome::Known(_) | StartOutcome::KeyReused => {
                StepResult::Rejected("the user no longer exists".to_owned())
            }
        })
    }

    pub(super) async fn report(&self, id: Uuid, report: &LevelReport) -> Result<StepResult> {
        let report = update::LevelReport {
            levels: [report.expert, report.qes, report.pvid].map(|status| status.map(Into::into)),
            reasons: report.reasons.iter().copied().map(Into::into).collect(),
            valid_until: None,
        };
        let op = self.op();
        Ok(updated(update::update(op, id, &report).await?))
    }

    pub(super) async fn force(&self, id: Uuid, levels: &Levels) -> Result<StepResult> {
        let report = update::LevelReport {
            levels: [levels.expert, levels.qes, levels.pvid].map(|status| status.map(Into::into)),
            reasons: levels.reasons.iter().copied().map(Into::into).collect(),
            valid_until: None,
        };
        let op = self.op();
        Ok(updated(sandbox::store::force(op, id, None, &report).await?))
    }

    pub(super) async fn cancel(&self, id: Uuid, why: &ReasonStep) -> Result<StepResult> {
        self.end(id, Cause::Cancel, why).await
    }

    pub(super) async fn revoke(&self, id: Uuid, why: &ReasonStep) -> Result<StepResult> {
        self.end(id, Cause::Revoke, why).await
    }

    async fn end(&self, id: Uuid, cause: Cause, why: &ReasonStep) -> Result<StepResult> {
        let why = why.reason.as_deref();
        if why.is_some_and(|why| !is_words(why)) {
            return Ok(StepResult::Rejected("`reason` is empty, too long, or contains NUL".to_owned()));
        }
        let op = self.op();
        Ok(updated(update::end(op, id, cause, why).await?))
    }

    pub(super) async fn grant(&self, user: Uuid, grant: &Grant) -> Result<StepResult> {
        let reason = grant.reason.as_deref().unwrap_or("scenario");
        if !is_words(reason) || !is_words(&grant.level) {
            return Ok(StepResult::Rejected(
                "`level` or `reason` is empty, too long, or contains NUL".to_owned(),
            ));
        }
        let (store, caller, clock) = (&self.services.store, self.caller, &self.clock);
        let known = ladder(store, caller).await?.into_iter().find(|level| level.name == grant.level);
        let level = match known {
            Some(level) => level,
            None => match grant::create_level(
                store,
                caller,
                clock,
                NewLevel { name: &grant.level, index: None, key: None },
            )
            .await?
            {
                CreateLevelOutcome::Level(level) => level,
                CreateLevelOutcome::NameTaken
                | CreateLevelOutcome::IndexTaken
                | CreateLevelOutcome::KeyReused => {
                    return Ok(StepResult::Rejected("another request is creating this level".to_owned()));
                }
            },
        };
        let new = grant::Grant { user, level: level.id, reason, key: None };
        Ok(match grant::grant(store, caller, clock, new).await? {
            GrantOutcome::Verification(row) => StepResult::Done(level.name, row.id),
            GrantOutcome::AlreadyThere => {
                StepResult::Rejected("the user already has this verification level".to_owned())
            }
            GrantOutcome::UnknownUser | GrantOutcome::UnknownLevel | GrantOutcome::KeyReused => {
                StepResult::Rejected("the user or the level no longer exists".to_owned())
            }
        })
    }
}

fn is_words(text: &str) -> bool {
    crate::session::rules::is_text(text, WORDS) && !text.trim().is_empty()
}

fn updated(updated: UpdateOutcome) -> StepResult {
    match updated {
        UpdateOutcome::Done(row) => StepResult::Done(row.status.to_value(), row.id),
        UpdateOutcome::NotFound => StepResult::Rejected("the identification no longer exists".to_owned()),
        UpdateOutcome::UserErased => StepResult::Rejected(ERASED.to_owned()),
        UpdateOutcome::Refused(TransitionError::Nothing) => {
            StepResult::Rejected("the report sets no level".to_owned())
        }
        UpdateOutcome::Refused(TransitionError::NotAwarded(index)) => {
            let level = ["expert", "qes", "pvid"][index];
            StepResult::Rejected(format!("the process does not award the level `{level}`"))
        }
        UpdateOutcome::Refused(TransitionError::IllegalTransition(from, to)) => {
            let (from, to) = (IdentificationStatus::from(from), IdentificationStatus::from(to));
            StepResult::Rejected(format!("a level that is {} cannot become {}", from.name(), to.name()))
        }
        UpdateOutcome::Refused(TransitionError::NoReason) => {
            StepResult::Rejected("a level becomes `Invalid` without a reason".to_owned())
        }
        UpdateOutcome::Refused(TransitionError::NoInvalid) => {
            StepResult::Rejected("reasons are set, but no level becomes `Invalid`".to_owned())
        }
    }
}

//! Fields of `User`.

use async_graphql::{Context, ID, Object};

use super::User;
use crate::{
    Result,
    event::graphql::{
        Event, UserEvents,
        list::{EventTypes, NEWEST_FIRST},
    },
    graphql::{Cca3, Connection, ContextExt, Date, DateTime, PageArgs, PhoneNumber, int},
    identification::graphql::{
        Identification, IdentificationFilters, IdentificationLevels, Identifications, IdentificationsOrderBy,
    },
    proofing::graphql::{ProofingFilters, ProofingOrderBy, ProofingRequest, ProofingRequests},
    result::graphql::{ResultFilters, Results, ResultsOrderBy, VerificationResult},
    session::graphql::{
        VerificationSession, VerificationSessionFilters, VerificationSessions, VerificationSessionsOrderBy,
    },
    user::graphql::{MaskedPerson, NotificationChannel, UserStatus},
    verification::graphql::{
        Verification, VerificationFilters, VerificationLevel, Verifications, VerificationsOrderBy,
    },
};

/// The natural person who is verified.
#[Object]
impl User {
    /// Id of the user.
    pub(crate) async fn id(&self) -> ID {
        self.row.id.into()
    }

    /// The client's own id of the user.
    async fn ref_id(&self) -> Option<&str> {
        self.row.ref_id.as_deref()
    }

    /// Number of the user in its project: the `clientId` of the verification-history API.
    async fn number(&self) -> Result<i32> {
        int(self.row.number)
    }

    /// Number of changes of the record, from 1. Events of the user repeat it.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Reason of the legal hold that prevents the erasure of the user. Null if no hold exists.
    async fn legal_hold_reason(&self) -> Option<&str> {
        self.row.hold_reason.as_deref()
    }

    /// Status of the record.
    async fn status(&self) -> UserStatus {
        self.row.status.into()
    }

    /// The user's tags, sorted.
    async fn tags(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        self.tag_names(ctx).await.map(Some)
    }

    /// Given name in everyday use.
    async fn first_name(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.personal(ctx).await?.first_name.as_deref())
    }

    /// All given names, as in the document.
    async fn all_first_names(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.personal(ctx).await?.all_first_names.as_deref())
    }

    /// Family name, as in the document.
    async fn last_name(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.personal(ctx).await?.last_name.as_deref())
    }

    /// The family name at birth.
    async fn birth_last_name(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.personal(ctx).await?.birth_last_name.as_deref())
    }

    /// Preferred family name.
    async fn preferred_last_name(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.personal(ctx).await?.preferred_last_name.as_deref())
    }

    /// Personal data with most letters and digits masked.
    async fn masked(&self, ctx: &Context<'_>) -> Result<Option<MaskedPerson>> {
        self.masked_person(ctx).await.map(Some)
    }

    /// Given name and family name.
    async fn full_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(self.personal(ctx).await?.full_name())
    }

    /// The day of birth.
    async fn birth_date(&self, ctx: &Context<'_>) -> Result<Option<Date>> {
        Ok(self.personal(ctx).await?.birth_date.map(Date))
    }

    /// The place of birth.
    async fn birth_city(&self, ctx: &Context<'_>) -> Result<Option<&str>> {
        Ok(self.personal(ctx).await?.birth_city.as_deref())
    }

    /// The country of birth.
    async fn birth_country(&self, ctx: &Context<'_>) -> Result<Option<Cca3>> {
        Ok(self.personal(ctx).await?.birth_country.clone().map(Cca3))
    }

    /// The nationality.
    #[graphql(name = "nationalityCCA3")]
    async fn nationality(&self, ctx: &Context<'_>) -> Result<Option<Cca3>> {
        Ok(self.personal(ctx).await?.nationality.clone().map(Cca3))
    }

    /// The mobile phone number.
    async fn mobile_phone_number(&self, ctx: &Context<'_>) -> Result<Option<PhoneNumber>> {
        Ok(self.personal(ctx).await?.mobile_phone_number.clone().map(PhoneNumber))
    }

    /// The channel on which the user wants notifications. Null if it is not known.
    async fn preferred_notification_channel(&self, ctx: &Context<'_>) -> Result<Option<NotificationChannel>> {
        Ok(self.personal(ctx).await?.preferred_notification_channel.map(Into::into))
    }

    /// The user's verified e-mail addresses.
    async fn verified_emails(&self, ctx: &Context<'_>) -> Result<Option<&[String]>> {
        Ok(Some(&self.personal(ctx).await?.verified_emails))
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.row.created_at)
    }

    /// Time of the last update.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.row.updated_at)
    }

    /// Time at which the user first took part in a process. Null if the user has not done so yet.
    async fn joined_at(&self) -> Option<DateTime> {
        self.row.joined_at.map(DateTime)
    }

    /// Levels that the user holds: true if at least one identification of the user has the level with the
    /// status `Valid`.
    async fn identification_levels(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Time to return the levels for. Default: now.")] as_of: Option<DateTime>,
    ) -> Result<Option<IdentificationLevels>> {
        self.levels(ctx, as_of).await.map(Some)
    }

    /// The user's identifications.
    async fn identifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<IdentificationFilters>,
        #[graphql(desc = "Sort order. Default: `updatedAt`, newest first.")] order_by: Option<
            IdentificationsOrderBy,
        >,
    ) -> Result<Option<Connection<Identification>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        let order = order_by.unwrap_or_default().parts();
        self.list::<Identifications>(ctx, &page, filters, order).await
    }

    /// The user's current verification level: the last one granted, or the level with index 0 if none was
    /// granted. Null if the project has no such level.
    async fn current_verification_level(&self, ctx: &Context<'_>) -> Result<Option<VerificationLevel>> {
        self.current_level(ctx).await
    }

    /// Grants of verification levels to the user.
    async fn verifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<VerificationFilters>,
        #[graphql(desc = "Sort order. Default: `createdAt`, newest first.")] order_by: Option<
            VerificationsOrderBy,
        >,
    ) -> Result<Option<Connection<Verification>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        self.list::<Verifications>(ctx, &page, filters, order_by.unwrap_or_default().parts()).await
    }

    /// The user's proofing requests.
    async fn proofing_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<ProofingFilters>,
        #[graphql(desc = "Sort order. Default: `requestTime`, newest first.")] order_by: Option<
            ProofingOrderBy,
        >,
    ) -> Result<Option<Connection<ProofingRequest>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        self.list::<ProofingRequests>(ctx, &page, filters, order_by.unwrap_or_default().parts()).await
    }

    /// Verification results of the user that relying parties requested.
    async fn verification_results(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<ResultFilters>,
        #[graphql(desc = "Sort order. Default: `createdAt`, newest first.")] order_by: Option<ResultsOrderBy>,
    ) -> Result<Option<Connection<VerificationResult>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        self.list::<Results>(ctx, &page, filters, order_by.unwrap_or_default().parts()).await
    }

    /// The user's verification sessions.
    async fn verification_sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<
            VerificationSessionFilters,
        >,
        #[graphql(desc = "Sort order. Default: `updatedAt`, newest first.")] order_by: Option<
            VerificationSessionsOrderBy,
        >,
    ) -> Result<Option<Connection<VerificationSession>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        self.list::<VerificationSessions>(ctx, &page, filters, order_by.unwrap_or_default().parts()).await
    }

    /// Events about the user, newest first, of the types that the token may read: those about types of objects
    /// that it may read. Events are deleted after `webhooks.keep_days` of the server's settings (default: 30), except
    /// while a delivery of a webhook refers to them.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            default = 50,
            desc = "Maximum number of items to return from the start of the list, at most 100."
        )]
        first: Option<i32>,
        #[graphql(desc = "Return only items after this cursor.")] after: Option<String>,
        #[graphql(desc = "Maximum number of items to return from the end of the list, at most 100.")]
        last: Option<i32>,
        #[graphql(desc = "Return only items before this cursor.")] before: Option<String>,
    ) -> Result<Option<Connection<Event>>> {
        let page = PageArgs::of(ctx, first, after, last, before);
        let types = EventTypes::readable_by(ctx.caller()?)?;
        self.list::<UserEvents>(ctx, &page, Some(types), NEWEST_FIRST).await
    }
}

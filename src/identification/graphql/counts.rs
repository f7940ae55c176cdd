use async_graphql::{Context, Enum, Object, SimpleObject};

use super::{IdentificationFilters, IdentificationProcess, IdentificationStatus, Reason};
use crate::{
    Error, Result,
    db::days,
    graphql::{ContextExt, Date, int},
    identification::store::counts::{self, CountBy, Group},
};

/// A value by which identifications can be grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "CountBy")]
pub enum IdentificationCountBy {
    /// UTC day of the start.
    Day,
    /// Process.
    Process,
    /// Status.
    Status,
    /// Reason why a level is invalid. An identification is counted once for each of its reasons.
    Reason,
}

/// Number of identifications in a group. A value by which the identifications are not grouped is null.
#[derive(Clone, Debug, SimpleObject)]
pub struct IdentificationCount {
    /// UTC day of the start.
    pub day: Option<Date>,
    /// Process.
    pub process: Option<IdentificationProcess>,
    /// Status.
    pub status: Option<IdentificationStatus>,
    /// Reason why a level is invalid. Null also for identifications without an invalid level.
    pub reason: Option<Reason>,
    /// Number of identifications.
    pub count: i32,
}

impl IdentificationCount {
    fn of((group, count): (Group, i64)) -> Result<Self> {
        let outside = Error::Fault("a day outside of the calendar");
        Ok(Self {
            day: group.day.map(|day| days::date(day).map(Date).ok_or(outside)).transpose()?,
            process: group.process.map(Into::into),
            status: group.status.map(Into::into),
            reason: group.reason.map(Into::into),
            count: int(count)?,
        })
    }
}

/// Query fields of numbers of identifications.
#[derive(Default)]
pub struct IdentificationCountQuery;

#[Object]
impl IdentificationCountQuery {
    /// The numbers of identifications that are visible to the token, in groups by day, process, status or reason, in
    /// the order of these values. Groups without identifications are omitted. The counts are exact. Unless they are
    /// grouped by reason, they add up to the `totalCount` of `identifications` with the same filters. At most 1,000
    /// groups: the request fails if there are more.
    async fn identification_counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filters to apply. Default: all items.")] filters: Option<IdentificationFilters>,
        #[graphql(desc = "Values to group by.")] by: Vec<IdentificationCountBy>,
    ) -> Result<Option<Vec<IdentificationCount>>> {
        let request = ctx.request()?;
        let by = by.into_iter().map(Into::into).collect();
        let filters = filters.unwrap_or_default().into();
        let Some(groups) = counts::counts(&request.store, &request.caller, &filters, &by).await? else {
            let most = counts::MOST;
            let reason = format!("more than {most} groups: name fewer values, or filter by a shorter time");
            return Err(Error::Argument { name: "by", reason });
        };
        groups.into_iter().map(IdentificationCount::of).collect::<Result<_>>().map(Some)
    }
}

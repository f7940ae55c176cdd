// Numbers of the lists. Each is a query of its own, so that one that takes long or fails keeps back none of the others.

import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import type { countsDeliveriesQuery } from './__generated__/countsDeliveriesQuery.graphql.ts';
import type { countsIdentificationsQuery } from './__generated__/countsIdentificationsQuery.graphql.ts';
import type { countsRequestsQuery } from './__generated__/countsRequestsQuery.graphql.ts';
import type { countsSessionsQuery } from './__generated__/countsSessionsQuery.graphql.ts';
import type { countsUsersQuery } from './__generated__/countsUsersQuery.graphql.ts';

export function useSessionCount(filters: countsSessionsQuery['variables']['filters']): number | undefined {
  return usePageQuery<countsSessionsQuery>(
    graphql`
      query countsSessionsQuery($filters: VerificationSessionFiltersInput) {
        verificationSessions(filters: $filters) {
          totalCount
        }
      }
    `,
    { filters },
  ).verificationSessions?.totalCount;
}

export function useIdentificationCount(filters: countsIdentificationsQuery['variables']['filters']): number | undefined {
  const { identificationCounts } = usePageQuery<countsIdentificationsQuery>(
    graphql`
      query countsIdentificationsQuery($filters: IdentificationFiltersInput) {
        identificationCounts(filters: $filters, by: []) {
          count
        }
      }
    `,
    { filters },
  );
  // No group: nothing matches.
  return identificationCounts ? (identificationCounts[0]?.count ?? 0) : undefined;
}

export function useRequestCount(filters: countsRequestsQuery['variables']['filters']): number | undefined {
  return usePageQuery<countsRequestsQuery>(
    graphql`
      query countsRequestsQuery($filters: ProofingRequestFiltersInput) {
        proofingRequests(filters: $filters) {
          totalCount
        }
      }
    `,
    { filters },
  ).proofingRequests?.totalCount;
}

export function useDeliveryCount(filters: countsDeliveriesQuery['variables']['filters']): number | undefined {
  return usePageQuery<countsDeliveriesQuery>(
    graphql`
      query countsDeliveriesQuery($filters: WebhookEventLogFiltersInput) {
        webhookEventLogs(filters: $filters) {
          totalCount
        }
      }
    `,
    { filters },
  ).webhookEventLogs?.totalCount;
}

export function useUserCount(): number | undefined {
  return usePageQuery<countsUsersQuery>(
    graphql`
      query countsUsersQuery {
        users {
          totalCount
        }
      }
    `,
    {},
  ).users?.totalCount;
}

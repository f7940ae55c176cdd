// The saved views behind the numbers of the overview and of the review queue: each number is counted with the filters of the
// list that it opens.

import type { Period } from '../app/query.ts';
import { filtersOf as identificationFilters, identificationListQuery } from '../identification/list-query.ts';
import { filtersOf as proofingFilters, proofingListQuery, type ProofingListState } from '../proofing/list-query.ts';
import { filtersOf as sessionFilters, sessionListQuery } from '../session/list-query.ts';
import { deliveryListQuery, filtersOf as deliveryFilters } from '../webhook/list-query.ts';
import type { SessionStatus } from '../session/words.ts';

/** The path with its filters, and the filters as the graph takes them. */
export interface View<F> {
  path: string;
  filters: F;
}

const path = (list: string, search: string) => (search ? `${list}?${search}` : list);

export function sessionsWith(status: readonly SessionStatus[]): View<ReturnType<typeof sessionFilters>> {
  const state = { ...sessionListQuery.fallback, status };
  return { path: path('/sessions', sessionListQuery.format(state)), filters: sessionFilters(state) };
}

export function identificationsWith(
  change: Partial<Parameters<typeof identificationFilters>[0]>,
): View<ReturnType<typeof identificationFilters>> {
  const state = { ...identificationListQuery.fallback, ...change };
  return {
    path: path('/identifications', identificationListQuery.format(state)),
    filters: identificationFilters(state),
  };
}

export function requestsWith(change: Partial<ProofingListState>): View<ReturnType<typeof proofingFilters>> {
  const state = { ...proofingListQuery.fallback, ...change };
  return { path: path('/proofing-requests', proofingListQuery.format(state)), filters: proofingFilters(state) };
}

export function failedDeliveries(time: Period): View<ReturnType<typeof deliveryFilters>> {
  const state = { ...deliveryListQuery.fallback, status: ['Failed'] as const, time };
  return { path: path('/webhooks/log', deliveryListQuery.format(state)), filters: deliveryFilters(state) };
}

const DAY = 86_400_000;

/** The last days until now. The minute is cut off, so that the same question is asked for a while. */
export function lastDays(days: number, now: number): Period {
  const minute = Math.floor(now / 60_000) * 60_000;
  return { from: { isIncluded: true, at: new Date(minute - days * DAY).toISOString() }, to: null };
}

export function inDays(days: number, now: number): string {
  const minute = Math.floor(now / 60_000) * 60_000;
  return new Date(minute + days * DAY).toISOString();
}

// The filters and the order of the list of identifications, as the address keeps them.

import { anyOf, choice, createQuery, NO_PERIOD, period, rangeOf, type ValueOf } from '../app/query.ts';
import type { IdentificationInvalidReason } from './__generated__/IdentificationsPageQuery.graphql.ts';
import { REASONS } from './reasons.ts';
import {
  IDENTIFICATION_LEVELS,
  IDENTIFICATION_ORDERS,
  IDENTIFICATION_PROCESSES,
  IDENTIFICATION_STATUSES,
} from './words.ts';

export const IDENTIFICATION_REASONS = Object.keys(REASONS) as IdentificationInvalidReason[];

const shape = {
  status: anyOf(IDENTIFICATION_STATUSES),
  process: anyOf(IDENTIFICATION_PROCESSES),
  level: anyOf(IDENTIFICATION_LEVELS),
  reason: anyOf(IDENTIFICATION_REASONS),
  created: period,
  updated: period,
  order: choice(IDENTIFICATION_ORDERS),
};

export const identificationListQuery = createQuery(shape);

export const NO_FILTERS = { status: [], process: [], level: [], reason: [], created: NO_PERIOD, updated: NO_PERIOD };

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ status, process, level, reason, created, updated }: ValueOf<typeof shape>) {
  const [createdAt, updatedAt] = [rangeOf(created), rangeOf(updated)];
  const filters = {
    ...(status.length > 0 && { statuses: [...status] }),
    ...(process.length > 0 && { processes: [...process] }),
    ...(level.length > 0 && { levels: [...level] }),
    ...(reason.length > 0 && { errorReasons: [...reason] }),
    ...(createdAt && { createdAt }),
    ...(updatedAt && { updatedAt }),
  };
  return Object.keys(filters).length > 0 ? filters : null;
}

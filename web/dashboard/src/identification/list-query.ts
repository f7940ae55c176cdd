// The filters and the order of the list of identifications, as the address keeps them.

import { anyOf, choice, createQuery, NO_PERIOD, period, rangeOf, type ValueOf } from '../app/query.ts';
import {
  IDENTIFICATION_LEVELS,
  IDENTIFICATION_ORDERS,
  IDENTIFICATION_PROCESSES,
  IDENTIFICATION_STATUSES,
} from './words.ts';

const shape = {
  status: anyOf(IDENTIFICATION_STATUSES),
  process: anyOf(IDENTIFICATION_PROCESSES),
  level: anyOf(IDENTIFICATION_LEVELS),
  created: period,
  updated: period,
  order: choice(IDENTIFICATION_ORDERS),
};

export const identificationListQuery = createQuery(shape);

export const NO_FILTERS = { status: [], process: [], level: [], created: NO_PERIOD, updated: NO_PERIOD };

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ status, process, level, created, updated }: ValueOf<typeof shape>) {
  const [createdAt, updatedAt] = [rangeOf(created), rangeOf(updated)];
  const filters = {
    ...(status.length > 0 && { statuses: [...status] }),
    ...(process.length > 0 && { processes: [...process] }),
    ...(level.length > 0 && { levels: [...level] }),
    ...(createdAt && { createdAt }),
    ...(updatedAt && { updatedAt }),
  };
  return Object.keys(filters).length > 0 ? filters : null;
}

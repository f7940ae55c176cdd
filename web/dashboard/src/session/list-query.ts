// The filters and the order of the list of sessions, as the address keeps them.

import { anyOf, choice, createQuery, NO_PERIOD, period, rangeOf, texts, type ValueOf } from '../app/query.ts';
import { SESSION_ORDERS, SESSION_STATUSES } from './words.ts';

const shape = {
  status: anyOf(SESSION_STATUSES),
  refId: texts,
  created: period,
  order: choice(SESSION_ORDERS),
};

export const sessionListQuery = createQuery(shape);

export const NO_FILTERS = { status: [], refId: [], created: NO_PERIOD };

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ status, refId, created }: ValueOf<typeof shape>) {
  const createdAt = rangeOf(created);
  const filters = {
    ...(status.length > 0 && { statuses: [...status] }),
    ...(refId.length > 0 && { refIds: [...refId] }),
    ...(createdAt && { createdAt }),
  };
  return Object.keys(filters).length > 0 ? filters : null;
}

// The filters and the order of the list of sessions, as the address keeps them.

import { anyOf, choice, createQuery, texts, type ValueOf } from '../app/query.ts';
import { SESSION_ORDERS, SESSION_STATUSES } from './words.ts';

const shape = {
  status: anyOf(SESSION_STATUSES),
  refId: texts,
  order: choice(SESSION_ORDERS),
};

export const sessionListQuery = createQuery(shape);

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ status, refId }: ValueOf<typeof shape>) {
  const filters = {
    ...(status.length > 0 && { statuses: [...status] }),
    ...(refId.length > 0 && { refIds: [...refId] }),
  };
  return Object.keys(filters).length > 0 ? filters : null;
}

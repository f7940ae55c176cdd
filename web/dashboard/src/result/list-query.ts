// The filters and the order of the list of results, as the address keeps them.

import { anyOf, choice, createQuery, NO_PERIOD, period, rangeOf, type ValueOf } from '../app/query.ts';
import { RESULT_ORDERS, RESULT_STATUSES } from './words.ts';

const shape = {
  status: anyOf(RESULT_STATUSES),
  created: period,
  order: choice(RESULT_ORDERS),
};

export const resultListQuery = createQuery(shape);

export const NO_FILTERS = { status: [], created: NO_PERIOD };

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ status, created }: ValueOf<typeof shape>) {
  const createdAt = rangeOf(created);
  const filters = {
    ...(status.length > 0 && { statuses: [...status] }),
    ...(createdAt && { createdAt }),
  };
  return Object.keys(filters).length > 0 ? filters : null;
}

// The filters and the order of the list of results, as the address keeps them.

import { anyOf, choice, createQuery, type ValueOf } from '../app/query.ts';
import { RESULT_ORDERS, RESULT_STATUSES } from './words.ts';

const shape = {
  status: anyOf(RESULT_STATUSES),
  order: choice(RESULT_ORDERS),
};

export const resultListQuery = createQuery(shape);

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ status }: ValueOf<typeof shape>) {
  return status.length > 0 ? { statuses: [...status] } : null;
}

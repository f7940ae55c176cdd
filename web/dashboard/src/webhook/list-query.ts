// The filters of the deliveries, as the address keeps them. The server has one order: the newest first.

import { anyOf, createQuery, NO_PERIOD, period, rangeOf, text, texts, type ValueOf } from '../app/query.ts';
import { DELIVERY_STATUSES } from './words.ts';

const shape = {
  time: period,
  endpoint: text,
  status: anyOf(DELIVERY_STATUSES),
  type: texts,
  event: text,
  object: text,
};

export const deliveryListQuery = createQuery(shape);

export const NO_FILTERS: ValueOf<typeof shape> = {
  time: NO_PERIOD,
  endpoint: null,
  status: [],
  type: [],
  event: null,
  object: null,
};

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ time, endpoint, status, type, event, object }: ValueOf<typeof shape>) {
  const createdAt = rangeOf(time);
  const filters = {
    ...(createdAt && { createdAt }),
    ...(endpoint && { subscriptionId: endpoint }),
    ...(status.length > 0 && { statuses: [...status] }),
    ...(type.length > 0 && { eventTypes: [...type] }),
    ...(event && { eventId: event }),
    ...(object && { resourceId: object }),
  };
  return Object.keys(filters).length > 0 ? filters : null;
}

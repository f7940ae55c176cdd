// The filters of the audit, as the address keeps them. The server has one order: the newest first.

import { createQuery, NO_PERIOD, period, rangeOf, text, texts, type ValueOf } from '../app/query.ts';

const shape = {
  time: period,
  action: texts,
  user: text,
  object: text,
  actor: text,
};

export const auditListQuery = createQuery(shape);

export const NO_FILTERS: ValueOf<typeof shape> = { time: NO_PERIOD, action: [], user: null, object: null, actor: null };

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ time, action, user, object, actor }: ValueOf<typeof shape>) {
  const createdAt = rangeOf(time);
  const filters = {
    ...(createdAt && { createdAt }),
    ...(action.length > 0 && { actions: [...action] }),
    ...(user && { userId: user }),
    ...(object && { resourceId: object }),
    ...(actor && { actorIds: [actor] }),
  };
  return Object.keys(filters).length > 0 ? filters : null;
}

// The filters and the order of the verification history, as the address keeps them.

import { choice, createQuery, natural, period, rangeOf, texts, type ValueOf } from '../app/query.ts';
import { VERIFICATION_ORDERS } from './words.ts';

const shape = {
  user: natural,
  level: texts,
  time: period,
  order: choice(VERIFICATION_ORDERS),
};

export const verificationListQuery = createQuery(shape);
export type VerificationListState = ValueOf<typeof shape>;

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ user, level, time }: VerificationListState) {
  const createdAt = rangeOf(time);
  const filters = {
    ...(user !== null && { clientNumber: user }),
    ...(level.length > 0 && { levelIds: [...level] }),
    ...(createdAt && { createdAt }),
  };
  return Object.keys(filters).length > 0 ? filters : null;
}

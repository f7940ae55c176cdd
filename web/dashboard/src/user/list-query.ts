// The filters and the order of the list of users, as the address keeps them.

import { anyOf, choice, createQuery, period, texts, type ValueOf } from '../app/query.ts';
import { IDENTIFICATION_LEVELS } from '../identification/words.ts';
import { USER_ORDERS, USER_STATUSES } from './words.ts';

const shape = {
  status: anyOf(USER_STATUSES),
  tag: texts,
  level: anyOf(IDENTIFICATION_LEVELS),
  verification: texts,
  created: period,
  updated: period,
  order: choice(USER_ORDERS),
};

export const userListQuery = createQuery(shape);
export type UserListState = ValueOf<typeof shape>;

// The filters and the order of the list of users, as the address keeps them.

import { anyOf, choice, createQuery, texts, type ValueOf } from '../app/query.ts';
import { USER_ORDERS, USER_STATUSES, type UserOrder } from './words.ts';

const shape = {
  status: anyOf(USER_STATUSES),
  tag: texts,
  order: choice(USER_ORDERS as unknown as [UserOrder, ...UserOrder[]]),
};

export const userListQuery = createQuery(shape);
export type UserListState = ValueOf<typeof shape>;

/** An order as the graph takes it: a minus is the other way round. */
export function orderByOf<F extends string>(order: F | `-${F}`): { field: F; direction: 'Asc' | 'Desc' } {
  const isDown = order.startsWith('-');
  return { field: (isDown ? order.slice(1) : order) as F, direction: isDown ? 'Desc' : 'Asc' };
}

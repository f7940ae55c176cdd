import { expect, test } from 'vitest';
import { inOrder } from './role-order.ts';

test('built-in roles come first, in a fixed order; others, and those of a later server, as they came', () => {
  const roles = [{ builtIn: null, name: 'Desk' }, { builtIn: 'AUDITOR' }, { builtIn: 'NEW' }, { builtIn: 'OWNER' }, { builtIn: 'ADMIN' }];
  const [desk, auditor, later, owner, admin] = roles;
  expect(inOrder(roles)).toEqual([owner, admin, auditor, desk, later]);
});

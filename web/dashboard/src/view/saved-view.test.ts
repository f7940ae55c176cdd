import { expect, test } from 'vitest';
import { auditListQuery } from '../audit/list-query.ts';
import { identificationListQuery } from '../identification/list-query.ts';
import { proofingListQuery } from '../proofing/list-query.ts';
import { resultListQuery } from '../result/list-query.ts';
import { sessionListQuery } from '../session/list-query.ts';
import { userListQuery } from '../user/list-query.ts';
import { verificationListQuery } from '../verification/list-query.ts';
import { deliveryListQuery } from '../webhook/list-query.ts';
import { VIEW_PAGES } from './pages.ts';
import { filtersOf, isSame, viewOf } from './saved-view.ts';

/** The filters of the lists, with the note of those that no view has. */
const LISTS = {
  Users: [userListQuery, []],
  Identifications: [identificationListQuery, []],
  ProofingRequests: [proofingListQuery, []],
  Verifications: [verificationListQuery, []],
  // Clients call persons by it, and a view would outlive the person.
  Sessions: [sessionListQuery, ['refId']],
  Results: [resultListQuery, []],
  WebhookLog: [deliveryListQuery, []],
  Audit: [auditListQuery, []],
} as const;

test('a view has every filter of its list that names no person', () => {
  expect(Object.values(VIEW_PAGES).sort()).toEqual(Object.keys(LISTS).sort());
  for (const page of Object.values(VIEW_PAGES)) {
    const [query, left] = LISTS[page];
    const names = Object.keys(query.fallback).filter((name) => !(left as readonly string[]).includes(name));
    expect([...filtersOf(page)].sort(), page).toEqual(names.sort());
  }
});

test('a view has nothing but filters', () => {
  expect(viewOf('Users', 'tag=vip&text=Doe&order=-number')).toEqual({ query: 'tag=vip&order=-number', left: ['text'] });
  expect(viewOf('Sessions', 'status=Pending&refId=john.doe')).toEqual({ query: 'status=Pending', left: ['refId'] });
});

test('the order of filters does not matter', () => {
  expect(isSame('a=1&b=2', 'b=2&a=1')).toBe(true);
  expect(isSame('a=1', 'a=2')).toBe(false);
  expect(isSame('', '')).toBe(true);
});

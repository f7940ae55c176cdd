// Which part of a list's address a saved view has.

import FILTERS from '../../../../src/saved_view/filters.json';
import type { SavedViewPage } from './__generated__/SavedViewsQuery.graphql.ts';

export type Page = keyof typeof FILTERS & SavedViewPage;

/** The names of the filters that a view of the page has. The server accepts no other. */
export function filtersOf(page: Page): readonly string[] {
  return Object.keys(FILTERS[page]);
}

/** The query string without the filters that no view has, and the names of those. */
export function viewOf(page: Page, search: string): { query: string; left: readonly string[] } {
  const params = new URLSearchParams(search);
  const known = filtersOf(page);
  const left = [...new Set(params.keys())].filter((key) => !known.includes(key));
  for (const key of left) params.delete(key);
  return { query: params.toString(), left };
}

/** Whether two query strings say the same. */
export function isSame(one: string, other: string): boolean {
  const sorted = (search: string) => [...new URLSearchParams(search)].map((pair) => pair.join('=')).sort().join('&');
  return sorted(one) === sorted(other);
}

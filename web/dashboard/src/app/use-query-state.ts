// The state of a list, kept in the address.

import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { Query, Shape, ValueOf } from './query.ts';

export function useQueryState<S extends Shape>(query: Query<S>) {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const { value, dropped } = useMemo(() => query.parse(search), [query, search]);
  function update(change: Partial<ValueOf<S>>): void {
    const next = query.format({ ...value, ...change });
    navigate(next ? `${path}?${next}` : path, { replace: true });
  }
  return { value, dropped, update };
}

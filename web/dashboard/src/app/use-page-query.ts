// Reads the query of a page or a tab: what the store has at once, and what the server says when it has answered.

import { createContext, use } from 'react';
import { useLazyLoadQuery } from 'react-relay/hooks';
import type { GraphQLTaggedNode, OperationType } from 'relay-runtime';
import { useLive } from './relay/live.ts';

/** Grows when the object that the page is about has changed, so that the page reads it again. */
export const ChangeContext = createContext(0);

/** Says that this page has changed the object, without waiting for the news of it. */
export const BumpContext = createContext<() => void>(() => undefined);

export function usePageQuery<Q extends OperationType>(query: GraphQLTaggedNode, variables: Q['variables']): Q['response'] {
  const { epoch } = useLive();
  const change = use(ChangeContext);
  return useLazyLoadQuery<Q>(query, variables, {
    fetchPolicy: 'store-and-network',
    fetchKey: `${epoch}-${change}`,
  });
}

// Connects an endless list to the graph: each page is one operation, kept in the store while its rows may show.

import { useEffect, useState, useSyncExternalStore } from 'react';
import { useRelayEnvironment } from 'react-relay/hooks';
import {
  createOperationDescriptor,
  fetchQuery,
  getRequest,
  type GraphQLTaggedNode,
  type IEnvironment,
  type OperationType,
} from 'relay-runtime';
import { type PageArgs, Pages, type PagesSnapshot } from './pages.ts';
import { useLive } from './relay/live.ts';

export interface Connection<Row> {
  readonly edges: readonly { readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null | undefined;
    readonly endCursor: string | null | undefined;
  };
}

interface Source<Q extends OperationType, Row> {
  query: GraphQLTaggedNode;
  /** What the list is asked with, besides the page. */
  variables: Omit<Q['variables'], keyof PageArgs>;
  connection(data: Q['response']): Connection<Row> | null | undefined;
}

function createPages<Q extends OperationType, Row>(
  environment: IEnvironment,
  { query, variables, connection }: Source<Q, Row>,
): Pages<Row> {
  return new Pages<Row>(async (args) => {
    const all = { ...variables, ...args } as Q['variables'];
    const operation = createOperationDescriptor(getRequest(query), all);
    const retained = environment.retain(operation);
    try {
      const data = await fetchQuery<Q>(environment, query, all, { fetchPolicy: 'network-only' }).toPromise();
      const found = data && connection(data);
      if (!found) throw new Error('the list is not in the answer');
      return {
        rows: found.edges.map(({ node }) => node),
        startCursor: found.pageInfo.startCursor ?? null,
        endCursor: found.pageInfo.endCursor ?? null,
        hasNext: found.pageInfo.hasNextPage,
        hasPrevious: found.pageInfo.hasPreviousPage,
        release: () => retained.dispose(),
      };
    } catch (error) {
      retained.dispose();
      throw error;
    }
  });
}

export interface PagesView<Row> extends PagesSnapshot {
  pages: Pages<Row>;
}

export function usePages<Q extends OperationType, Row>(source: Source<Q, Row>): PagesView<Row> {
  const environment = useRelayEnvironment();
  const { epoch } = useLive();
  // The list is another one when what it is asked with changes.
  const key = JSON.stringify([source.variables, epoch]);
  const [current, setCurrent] = useState(() => ({ key, pages: createPages(environment, source) }));
  let { pages } = current;
  if (current.key !== key) {
    pages = createPages(environment, source);
    setCurrent({ key, pages });
  }
  useEffect(() => {
    pages.restart();
    return () => pages.dispose();
  }, [pages]);
  const snapshot = useSyncExternalStore(pages.subscribe, pages.snapshot);
  return { ...snapshot, pages };
}

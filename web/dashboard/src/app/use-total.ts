// The total of a list, asked for apart and after its rows: it may take longer, and may fail alone.

import { useEffect, useState } from 'react';
import { useRelayEnvironment } from 'react-relay/hooks';
import { fetchQuery, type GraphQLTaggedNode, type OperationType } from 'relay-runtime';

interface Source<Q extends OperationType> {
  query: GraphQLTaggedNode;
  variables: Q['variables'];
  total(data: Q['response']): number | null | undefined;
  /** False while the rows are not there yet. */
  isReady: boolean;
}

export function useTotal<Q extends OperationType>({ query, variables, total, isReady }: Source<Q>): number | null {
  const environment = useRelayEnvironment();
  const key = JSON.stringify(variables);
  const [found, setFound] = useState<{ key: string; total: number | null }>({ key: '', total: null });
  useEffect(() => {
    if (!isReady) return;
    const request = fetchQuery<Q>(environment, query, variables, { fetchPolicy: 'network-only' }).subscribe({
      next: (data) => setFound({ key, total: total(data) ?? null }),
      error: () => setFound({ key, total: null }),
    });
    return () => request.unsubscribe();
    // The variables are compared by what they hold.
  }, [environment, query, key, isReady]);
  return found.key === key ? found.total : null;
}

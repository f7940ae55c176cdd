// Counts rows that have come in since the list was read. They are announced, not put in: rows do not move under the pointer.

import { useCallback, useEffect, useState } from 'react';
import { graphql, requestSubscription, useRelayEnvironment } from 'react-relay/hooks';
import type { useNewsSubscription } from './__generated__/useNewsSubscription.graphql.ts';

export function useNews(types: readonly string[]): { count: number; clear(): void } {
  const environment = useRelayEnvironment();
  const [count, setCount] = useState(0);
  const key = types.join(' ');
  useEffect(() => {
    setCount(0);
    if (key === '') return;
    const subscription = requestSubscription<useNewsSubscription>(environment, {
      subscription: graphql`
        subscription useNewsSubscription($types: [String!]) {
          event(types: $types) {
            eventId
          }
        }
      `,
      variables: { types: key.split(' ') },
      onNext: () => setCount((before) => before + 1),
      // The list goes on without news; the socket comes back by itself.
      onError: () => undefined,
    });
    return () => subscription.dispose();
  }, [environment, key]);
  const clear = useCallback(() => setCount(0), []);
  return { count, clear };
}

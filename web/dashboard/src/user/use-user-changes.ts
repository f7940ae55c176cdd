// Counts the changes of a user and of what belongs to it, as they happen.

import { useCallback, useEffect, useState } from 'react';
import { graphql, requestSubscription, useRelayEnvironment } from 'react-relay/hooks';
import type { useUserChangesSubscription } from './__generated__/useUserChangesSubscription.graphql.ts';

/** Several events of one change are one change. */
const SETTLE_MS = 200;

export function useUserChanges(userId: string): { change: number; bump(): void } {
  const environment = useRelayEnvironment();
  const [count, setCount] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = requestSubscription<useUserChangesSubscription>(environment, {
      subscription: graphql`
        subscription useUserChangesSubscription {
          event {
            eventId
            resourceId
            userId
          }
        }
      `,
      variables: {},
      onNext: (data) => {
        const event = data?.event;
        if (event?.userId !== userId && event?.resourceId !== userId) return;
        clearTimeout(timer);
        timer = setTimeout(() => setCount((before) => before + 1), SETTLE_MS);
      },
      // The page goes on without news; the socket comes back by itself.
      onError: () => undefined,
    });
    return () => {
      clearTimeout(timer);
      subscription.dispose();
    };
  }, [environment, userId]);
  const bump = useCallback(() => setCount((before) => before + 1), []);
  return { change: count, bump };
}

// One store for each project: nothing of one project can show up in another.

import { Environment, Network, RecordSource, Store } from 'relay-runtime';
import { session } from '../session.ts';
import { createFetch } from './network.ts';
import { createSocket } from './socket.ts';
import { live } from './live.ts';

const environments = new Map<string, Environment>();

export function environmentOf(projectId: string): Environment {
  const known = environments.get(projectId);
  if (known) return known;
  const refresh = () => void session.refresh();
  const fetch = createFetch(projectId, {
    onForbidden: refresh,
    onRefused: () => {
      void session.refresh().then(() => {
        // With the seat still there, it is the operation that the server does not know: it is of another build.
        const seats = session.get().state?.memberships ?? [];
        if (seats.some(({ project }) => project.id === projectId)) live.setNewVersion();
        else session.loseProject(true);
      });
    },
    onNewVersion: () => live.setNewVersion(),
  });
  const subscribe = createSocket(projectId, {
    onStatus: (isLive) => live.setStatus(isLive),
    onReconnected: () => live.reread(),
    onRefused: refresh,
  });
  const environment = new Environment({
    network: Network.create(fetch, subscribe),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 20 }),
  });
  environments.set(projectId, environment);
  return environment;
}

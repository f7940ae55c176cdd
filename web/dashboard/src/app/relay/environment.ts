// One store for each project: nothing of one project can show up in another. A seat that may do more or less has a new
// store: nothing of what it could see before stays.

import { Environment, Network, RecordSource, Store } from 'relay-runtime';
import { session } from '../session.ts';
import { createFetch } from './network.ts';
import { createSocket } from './socket.ts';
import { live } from './live.ts';

const environments = new Map<string, { permissions: string; environment: Environment }>();

/** Runs each step of a long work as a task of its own, so that the screen is drawn and keys are answered in between. */
function inBetween(): (step: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  return (step) => {
    port1.onmessage = step;
    port2.postMessage(null);
  };
}

export function environmentOf(projectId: string, permissions: string): Environment {
  const known = environments.get(projectId);
  if (known?.permissions === permissions) return known.environment;
  const refresh = () => void session.refresh();
  const fetch = createFetch(projectId, {
    onForbidden: refresh,
    onRefused: () => {
      void session.refresh().then(() => {
        const seats = session.get().state?.memberships ?? [];
        if (!seats.some(({ project }) => project.id === projectId)) session.loseProject(true);
      });
    },
    onNewVersion: () => live.setNewVersion(),
  });
  const subscribe = createSocket(projectId, {
    onStatus: (isLive) => live.setStatus(isLive),
    onReconnected: () => live.reread(),
    onRefused: refresh,
    onChanged: refresh,
  });
  const environment = new Environment({
    network: Network.create(fetch, subscribe),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 20, gcScheduler: inBetween() }),
  });
  environments.set(projectId, { permissions, environment });
  return environment;
}

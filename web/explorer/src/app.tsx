import type { Storage } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useCallback, useMemo, useState } from 'react';
import { Bar } from './bar.tsx';
import type { Config } from './config.ts';
import { createFetcher } from './fetcher.ts';
import { SystemTheme } from './system-theme.tsx';
import { initialToken, storeToken } from './token.ts';

interface Props {
  config: Config;
  storage: Storage;
}

export function App({ config, storage }: Props) {
  const [token, setToken] = useState(() => initialToken(config.token));
  // Which token was refused, not just that one was: a late answer to a request
  // with the token before must not speak about this one.
  const [refused, setRefused] = useState<string | null>(null);

  // A new fetcher makes GraphiQL fetch the schema anew.
  const fetcher = useMemo(
    () =>
      createFetcher(config.endpoint, token, (status) => {
        if (status === 401 || status === 403) setRefused(token);
        else setRefused((before) => (before === token ? null : before));
      }),
    [config.endpoint, token],
  );

  const changeToken = useCallback(
    (changed: string) => {
      storeToken(changed, config.token);
      setToken(changed);
    },
    [config.token],
  );

  return (
    <div className="page">
      <Bar
        endpoint={config.endpoint}
        token={token}
        refused={refused === token}
        onToken={changeToken}
      />
      <main className="explorer">
        <GraphiQL
          fetcher={fetcher}
          storage={storage}
          defaultTabs={config.tabs}
          shouldPersistHeaders={false}
        >
          {/* In place of the link to GraphiQL's site: this page may be offline. */}
          <GraphiQL.Logo>GraphiQL</GraphiQL.Logo>
          <SystemTheme />
        </GraphiQL>
      </main>
    </div>
  );
}

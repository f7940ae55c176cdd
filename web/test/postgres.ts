// A PostgreSQL of one test's own: made from nothing with the installed programs, and gone with the test.

import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface Cluster {
  /** An empty database. */
  url: string;
  /** Runs a statement. */
  run(statement: string): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const START_MS = 60_000;
// The shell ends the server and deletes its directory when its own standard input closes, at the latest with the test.
const KEEP = `"$0" -D "$1" -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 \
  -c logging_collector=off >/dev/null 2>&1 & \
  read -r _; kill -INT "$(head -n 1 "$1/postmaster.pid")" 2>/dev/null; wait; rm -rf "\${1%/data}"`;

export async function startPostgres(): Promise<Cluster> {
  const directory = await mkdtemp(join(fastDirectory(), 'verigraph-web-pg-'));
  const user = await otherUser();
  if (user) await chown(directory, user.uid, user.gid);
  const as = (program: string, ...args: string[]): [string, string[]] =>
    user ? ['runuser', ['-u', user.name, '--', program, ...args]] : [program, args];
  const data = join(directory, 'data');
  // This locale sorts unlike bytes, as many installations do.
  const locale = ['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en-US'];
  const make = ['--auth=trust', '--username=verigraph', '--encoding=UTF8', '--no-sync', ...locale, '-D', data];
  await run(...as(program('initdb'), ...make), { cwd: '/' });

  const port = await freePort();
  const keeper = spawn(...as('bash', '-c', KEEP, program('postgres'), data, String(port)), {
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((done) => keeper.once('exit', () => done()));
  const isReady = () =>
    run(program('pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).then(
      () => true,
      () => false,
    );
  for (const deadline = Date.now() + START_MS; !(await isReady()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error('PostgreSQL did not come up');
  }
  const url = `postgres://verigraph@127.0.0.1:${port}/postgres`;
  return {
    url,
    async run(statement) {
      await run(program('psql'), ['--no-psqlrc', '--set=ON_ERROR_STOP=1', '--quiet', '--command', statement, url]);
    },
    async stop() {
      keeper.stdin?.end();
      await ended;
    },
  };
}

/** PostgreSQL refuses to run as root. */
async function otherUser(): Promise<{ name: string; uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = async (what: string) => Number((await run('id', [what, name])).stdout);
      return { name, uid: await id('-u'), gid: await id('-g') };
    } catch {
      // No such user.
    }
  }
  throw new Error('running as root, the tests need another user to run PostgreSQL as: postgres or nobody');
}

function program(name: string): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort() : [];
  const installed = versions.map((version) => join(root, version, 'bin', name)).filter((path) => existsSync(path));
  const onPath = (process.env.PATH ?? '').split(':').map((path) => join(path, name));
  const found = installed.at(-1) ?? onPath.find((path) => existsSync(path));
  if (!found) throw new Error(`the tests need PostgreSQL's "${name}": apt-get install -y postgresql`);
  return found;
}

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
  const { port } = listener.address() as AddressInfo;
  await new Promise((closed) => listener.close(closed));
  return port;
}

/** In memory where there is such a directory: nothing here has to outlast a power failure. */
function fastDirectory(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}

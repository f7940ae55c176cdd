// Starts the server's demo for a test, and stops it. SERVER_BIN names the program (the debug build if left out); with
// DATABASE=postgres it runs on a PostgreSQL of the test's own, else on the embedded database.

import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, startPostgres } from './postgres.ts';

/** What the demo writes down about itself; only what the tests use. */
export interface Demo {
  url: string;
  graphql: string;
  explorer: string;
  token: string;
  seedUserId: string;
  apiKey: string;
}

export interface Server {
  demo: Demo;
  /** Runs a command of the operator on the server's data, and gives what it prints. */
  command(...args: string[]): Promise<string>;
  /** Runs a statement on the server's database, past the server. */
  sql(statement: string): Promise<void>;
  /** What the server has written so far: its log. */
  output(): string;
  /** Asks the server to stop, as Ctrl+C does, and tells its exit code. */
  stop(): Promise<number | null>;
}

const WEB = fileURLToPath(new URL('..', import.meta.url));
const START_MS = 60_000;
const STOP_MS = 20_000;

/** Starts it with these options besides its own. */
export async function startServer(...options: string[]): Promise<Server> {
  const binary = resolve(WEB, process.env.SERVER_BIN || '../target/debug/verigraph');
  if (!existsSync(binary)) {
    throw new Error(`no server at ${binary}: run "cargo build" first, or set SERVER_BIN`);
  }
  const database = await openDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'verigraph-web-test-'));
  const place = ['--data-dir', dataDir, ...(database ? ['--database-url', database.url] : [])];
  const child = spawn(binary, ['demo', '--listen', '127.0.0.1:0', ...place, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  let startError: Error | undefined;
  const exited = new Promise<number | null>((done) => {
    child.once('exit', (code) => done(code));
    child.once('error', (error) => {
      startError = error;
      done(null);
    });
  });
  // A test that dies must not leave the server behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);

  async function end(): Promise<number | null> {
    const timer = setTimeout(kill, STOP_MS);
    if (child.exitCode === null) child.kill('SIGINT');
    const code = await exited;
    clearTimeout(timer);
    process.off('exit', kill);
    await database?.stop();
    await rm(dataDir, { recursive: true, force: true });
    return code;
  }

  let gone = false;
  void exited.then(() => (gone = true));
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && !gone) {
    const demo = await readDemo(join(dataDir, 'demo.json'));
    // The file is written before the server listens.
    if (demo && (await answers(demo.explorer))) {
      return {
        demo,
        async command(...args) {
          const env = { ...process.env, VERIGRAPH_OIDC__ALLOW_PRIVATE: 'true' };
          const { stdout } = await promisify(execFile)(binary, [...args, ...place], { env });
          return stdout;
        },
        async sql(statement) {
          if (database) return database.run(statement);
          const run = 'import sqlite3, sys\nwith sqlite3.connect(sys.argv[1], timeout=30) as db: db.execute(sys.argv[2])';
          await promisify(execFile)('python3', ['-c', run, join(dataDir, 'verigraph.db'), statement]);
        },
        output: () => output,
        async stop() {
          const code = await end();
          if (code !== 0) console.error(`the server's output:\n${output}`);
          return code;
        },
      };
    }
    await sleep(50);
  }
  const code = await end();
  const how = gone ? `it exited with ${startError?.message ?? code}` : 'it took too long';
  throw new Error(`the server did not come up: ${how}; its output:\n${output}`);
}

/** None for the embedded one, which is in the server's directory. */
async function openDatabase(): Promise<Cluster | undefined> {
  const name = process.env.DATABASE || 'sqlite';
  if (name === 'sqlite') return undefined;
  if (name !== 'postgres') throw new Error(`DATABASE=${name}: the tests run on "sqlite" and "postgres"`);
  return startPostgres();
}

async function readDemo(path: string): Promise<Demo | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Demo;
  } catch {
    return undefined; // Not there yet, or not whole yet.
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

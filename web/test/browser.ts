// A browser that reports everything a page asks for and complains about.

import { existsSync } from 'node:fs';
import { chromium, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { type Change, noteChanges } from './changes.ts';
import { noteRequests } from './rest.ts';
import { watch } from './watch.ts';

export interface Watched {
  context: BrowserContext;
  /** Every URL that any page or worker asked for, data: and blob: excepted. */
  requests: string[];
  /** Errors, violations of the content security policy, dead workers. */
  complaints: string[];
  /** What any page of any visit has changed. */
  changes: Change[];
  /** A visit of its own: nothing stored, and no part in the lists of requests and complaints. */
  newContext(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** The file of tests fails if any page of any visit did what no page may do. */
  close(): Promise<void>;
}

const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Resolves no host name but this machine's, as without a network.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];
const OPTIONS = { viewport: { width: 1280, height: 800 } };

export async function openBrowser(): Promise<Watched> {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `no browser at ${executablePath}: "apt-get install -y chromium" gets one, or set CHROMIUM`,
    );
  }
  const browser = await chromium.launch({ executablePath, args: ARGS });
  const context = await browser.newContext(OPTIONS);
  // What is amiss in any visit, this one and those of `newContext`.
  const amiss: string[] = [];
  await watch(context, amiss);
  const changes: Change[] = [];
  noteChanges(context, changes);
  noteRequests(context);
  const requests: string[] = [];
  const complaints: string[] = [];

  context.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    const amiss = message.type() === 'error' || /web worker|Content Security Policy/i.test(message.text());
    if (amiss) complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  await context.exposeFunction('reportViolation', (text: string) =>
    complaints.push(`CSP violation: ${text}`),
  );
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = Reflect.get(window, 'reportViolation') as (text: string) => void;
      report(`${event.violatedDirective} by ${event.blockedURI} at ${event.sourceFile}`);
    });
  });

  return {
    context,
    requests,
    complaints,
    changes,
    async newContext(options) {
      const own = await browser.newContext({ ...OPTIONS, ...options });
      await watch(own, amiss);
      noteChanges(own, changes);
      noteRequests(own);
      return own;
    },
    async close() {
      await browser.close();
      if (amiss.length === 0) return;
      // Not an error: what comes after it, as stopping the server, is to be done all the same.
      console.error(['what no page may do:', ...new Set(amiss)].join('\n  '));
      process.exitCode = 1;
    },
  };
}

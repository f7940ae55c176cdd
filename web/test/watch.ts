// Watches every page of a visit for what no page may do, whatever the test is about.

import type { BrowserContext } from 'playwright-core';

/** People of the demo, who must not be in an address, a title or what the browser stores. */
const CANARY = 'Muster|Beispiel|\\bDoe\\b|user-\\d+@example|(\\+|%2B)4179123';
/** What the browser itself says of requests that a test lets fail. Whether they may fail is the test's business. */
const OF_REQUESTS = /status of 4\d\d|net::ERR_|WebSocket connection to/;

/** The compiler of the tests calls this helper in functions that it names; where they run in a page, there has to be one. */
export const NAMED = 'globalThis.__name ??= (it) => it';

/** Writes down what is amiss: violations of the page's policy, errors, requests to elsewhere, and names where none may be. */
export async function watch(context: BrowserContext, amiss: string[]): Promise<void> {
  const canary = new RegExp(CANARY);
  context.on('request', (request) => {
    const url = request.url();
    if (/^(data|blob|about|chrome-error):/.test(url)) return;
    if (!['127.0.0.1', 'localhost'].includes(new URL(url).hostname)) amiss.push(`a request to ${url}`);
    if (canary.test(url)) amiss.push(`a name in the address ${url}`);
  });
  context.on('weberror', (error) => amiss.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    const isAmiss = message.type() === 'error' || /Content Security Policy/i.test(message.text());
    if (isAmiss && !OF_REQUESTS.test(message.text())) amiss.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('page', (page) => {
    page.on('framenavigated', (frame) => {
      if (canary.test(frame.url())) amiss.push(`a name in the address ${frame.url()}`);
    });
  });
  await context.addInitScript(NAMED);
  await context.exposeFunction('reportAmiss', (text: string) => amiss.push(text));
  await context.addInitScript((names) => {
    const report = (text: string) => void (Reflect.get(window, 'reportAmiss') as (text: string) => void)(text);
    document.addEventListener('securitypolicyviolation', (event) => {
      report(`violation of the policy: ${event.violatedDirective} by ${event.blockedURI} at ${event.sourceFile}`);
    });
    const person = new RegExp(names);
    const look = (where: string, text: string) => {
      if (person.test(text)) report(`a name in ${where}: ${text.slice(0, 200)}`);
    };
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      look('the storage', `${key}=${value}`);
      setItem.call(this, key, value);
    };
    for (const name of ['pushState', 'replaceState'] as const) {
      const change = history[name].bind(history);
      history[name] = (state: unknown, unused, url) => {
        look('the history', `${JSON.stringify(state)} ${String(url)}`);
        change(state, unused, url);
      };
    }
    document.addEventListener('DOMContentLoaded', () => {
      const observer = new MutationObserver(() => look('the title', document.title));
      observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    });
  }, CANARY);
}

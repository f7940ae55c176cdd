// Waits until a page is at rest: it asks for nothing, and shows nothing in place of what is still being read.

import type { BrowserContext, Page, Request } from 'playwright-core';

/** What the pages are asking for. */
const pending = new WeakMap<Page, Set<Request>>();

const POLL_MS = 20;
/** As often in a row a page has to be at rest: one answer leads to the next question. */
const STILL = 3;
const LIMIT_MS = 30_000;

/** Has to be called before the context has pages. */
export function noteRequests(context: BrowserContext): void {
  context.on('page', (page) => {
    const requests = new Set<Request>();
    pending.set(page, requests);
    const end = (request: Request) => void requests.delete(request);
    page.on('request', (request) => void requests.add(request));
    page.on('requestfinished', end);
    page.on('requestfailed', end);
  });
}

export async function settled(page: Page): Promise<void> {
  const deadline = Date.now() + LIMIT_MS;
  for (let still = 0; still < STILL; ) {
    if (Date.now() > deadline) {
      const asked = Array.from(pending.get(page) ?? [], (request) => request.url());
      throw new Error(`${page.url()} is not at rest; it asks for ${asked.join(', ') || 'nothing'}`);
    }
    await page.waitForTimeout(POLL_MS);
    // A page that is at work answers when it is done.
    const isBusy = await page.evaluate(
      () => document.readyState !== 'complete' || document.querySelector('[aria-busy="true"], [class*="_skeleton_"]') !== null,
    );
    still = isBusy || pending.get(page)?.size !== 0 ? 0 : still + 1;
  }
}

// What a page should not have on paper.

import type { Page } from 'playwright-core';

/** What is there though it should not be, or is wider than the paper. A text, because it runs in the page. */
const AMISS = `(() => {
  const visible = (element) => {
    const { visibility, display } = getComputedStyle(element);
    const { width, height } = element.getBoundingClientRect();
    return visibility !== 'hidden' && display !== 'none' && width > 1 && height > 1;
  };
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  const start = (element) => element.outerHTML.slice(0, 160);
  const controls = all('button, input, select, textarea, nav');
  const wide = all('main *').filter((it) => it.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
  const heads = all('thead').filter((head) => getComputedStyle(head).display !== 'table-header-group');
  return [
    ...controls.map((it) => 'control: ' + start(it)),
    ...wide.slice(0, 3).map((it) => 'cut off: ' + start(it)),
    ...heads.map((it) => 'a head that is not repeated: ' + start(it)),
  ];
})()`;

export async function amissOnPaper(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  await page.waitForTimeout(50);
  const found = await page.evaluate<string[]>(AMISS);
  await page.emulateMedia({ media: 'screen' });
  return found;
}

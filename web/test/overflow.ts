// What of a page does not fit. A text, because it runs in the page.

import type { Page } from 'playwright-core';

const OVERFLOWING = `(() => {
  const EDGE = 1.5;
  const found = [];
  const start = (element) => element.outerHTML.replace(/\\s+/g, ' ').slice(0, 140);
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) found.push('the page is ' + page.scrollWidth + ' px wide');
  // Excluded: texts cut off with "…", elements that scroll, and elements for screen readers only.
  const isFor = (style, what) => what.some(([name, value]) => style[name].includes(value));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    const closed = node.parentElement.closest('details:not([open])');
    if (closed && !node.parentElement.closest('summary')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const { right, left, top, bottom, width } = range.getBoundingClientRect();
    if (width === 0) continue;
    for (let element = node.parentElement; element && element !== document.body; element = element.parentElement) {
      const style = getComputedStyle(element);
      if (style.display === 'inline' || style.display === 'contents') continue;
      if (isFor(style, [['textOverflow', 'ellipsis'], ['overflowX', 'auto'], ['overflowX', 'scroll'], ['clipPath', 'inset']])) break;
      const box = element.getBoundingClientRect();
      if (right > box.right + EDGE || left < box.left - EDGE) {
        found.push(JSON.stringify(node.data.trim().slice(0, 60)) + ' is ' + Math.round(Math.max(right - box.right, box.left - left)) + ' px outside of ' + start(element));
        break;
      }
      if (element.matches('button, td, th, [role=gridcell]') && (bottom > box.bottom + EDGE || top < box.top - EDGE)) {
        found.push(JSON.stringify(node.data.trim().slice(0, 60)) + ' is above or below ' + start(element));
        break;
      }
      if (style.position === 'fixed') break;
    }
  }
  return found;
})()`;

/** Every text that is outside of the box it belongs to, and the page if it is wider than the screen. */
export async function overflowing(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(OVERFLOWING);
}

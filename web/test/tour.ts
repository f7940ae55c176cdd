// Goes through the pages of a project as links do, without loading the dashboard anew, and looks at each with axe.

import type { Page } from 'playwright-core';
import { accessibility } from './dashboard.ts';
import { settled } from './rest.ts';

export type Theme = 'light' | 'dark';

/** The rules that depend on the theme. The others look at the same elements in both. */
const OF_THEMES = ['color-contrast', 'link-in-text-block'];

export interface Tour {
  /** Goes to a page, and waits until it has what it shows. */
  go(path: string): Promise<void>;
  /** What is wrong with the page, in each theme. */
  look(name: string): Promise<string[]>;
}

/** The page has to be signed in, in the first of the themes, and without motion: what fades in has no colour yet. */
export function tour(page: Page, [first, ...others]: readonly [Theme, ...Theme[]]): Tour {
  return {
    async go(path) {
      await page.evaluate((to) => history.pushState(null, '', to), path);
      await settled(page);
    },
    async look(name) {
      const found = (await accessibility(page)).map((violation) => `${name}, ${first}: ${violation}`);
      for (const colorScheme of others) {
        await page.emulateMedia({ colorScheme });
        const violations = await accessibility(page, { rules: OF_THEMES });
        found.push(...violations.map((violation) => `${name}, ${colorScheme}: ${violation}`));
      }
      if (others.length > 0) await page.emulateMedia({ colorScheme: first });
      return found;
    },
  };
}

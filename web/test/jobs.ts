// What the tests of the ten jobs share: a person of a role on the first page that it sees, with a keyboard.

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { accessibility, enter, type Role, type Stage } from './dashboard.ts';
import { Keyboard } from './keyboard.ts';

/** Signs in, which ends on the first page of the role: Users. From there on there are keys alone. */
export async function begin({ newPage, server }: Stage, role: Role) {
  // The reader's time is the server's, whatever the machine's is.
  const page = await newPage({ timezoneId: 'UTC' });
  await page.addInitScript(() => {
    window.print = () => Reflect.set(window, 'printed', true);
  });
  const project = await enter(server, page, role);
  await page.getByText(/^\d+ users$/).waitFor();
  const keyboard = new Keyboard(page);
  const users = page.getByRole('grid', { name: 'Users' });
  const link = (navigation: string | RegExp) => (name: string) =>
    page.getByRole('navigation', { name: navigation }).getByRole('link', { name, exact: true });
  return {
    page,
    /** The id of the project. */
    project: project.split('/').at(-1) ?? '',
    keyboard,
    users,
    main: page.getByRole('main'),
    dialog: page.getByRole('dialog'),
    /** A page of the project. */
    to: link('Navigation'),
    /** A part of a page. */
    part: link(/^Parts of the/),
    button: (name: string) => page.getByRole('button', { name, exact: true }),
    /** Looks for a user, which is no click. */
    async find(text: string) {
      await keyboard.type(page.getByRole('searchbox', { name: 'Search' }), text);
      await page.keyboard.press('Enter');
      await page.getByText('1 user', { exact: true }).waitFor();
    },
    closed: () => closed(page),
    /** What is shown once is kept, and the dialog that shows it is closed. */
    async keep(name: string): Promise<string> {
      const text = await page.getByRole('status', { name, exact: true }).innerText();
      assert.deepEqual(await accessibility(page, { within: 'dialog[open]' }), []);
      await keyboard.tick(page.getByRole('checkbox', { name: /^I have kept it/ }));
      await keyboard.send(page.getByRole('button', { name: 'Done' }));
      await closed(page);
      return text;
    },
    end: () => page.context().close(),
  };
}

function closed(page: Page): Promise<void> {
  return page.getByRole('dialog').waitFor({ state: 'detached' });
}

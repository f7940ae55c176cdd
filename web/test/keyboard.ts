// A person without a mouse. What is done with the page is done by keys alone; where the focus is, is read from the page.

import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** What is not reached by so many presses is out of reach. */
const MOST_PRESSES = 80;

/** A click is what the keyboard does in its place: Enter on a link, a row, a button or an item of a menu, to go somewhere or to
 * open something. Filling in is no click, however it is done: typing, setting a filter or a choice, ticking a box, and sending what
 * was filled in, which is Enter in the field or the form's own button. */
export class Keyboard {
  readonly page: Page;
  #clicks = 0;

  constructor(page: Page) {
    this.page = page;
  }

  /** The clicks since this was asked last. */
  clicks(): number {
    const clicks = this.#clicks;
    this.#clicks = 0;
    return clicks;
  }

  /** Moves the focus to the first control that is meant, once it is there. */
  async to(target: Locator, key = 'Tab'): Promise<void> {
    await target.first().waitFor();
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      if (await hasFocus(target)) return;
      await this.page.keyboard.press(key);
    }
    assert.fail(`${MOST_PRESSES} presses of ${key} do not reach ${String(target)}`);
  }

  /** Goes there and activates it: a click. */
  async press(target: Locator): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press('Enter');
    this.#clicks += 1;
  }

  /** Opens a menu and one of its items: two clicks. The arrows go through the items. */
  async choose(menu: Locator, item: string): Promise<void> {
    await this.press(menu);
    await this.page.keyboard.press('ArrowDown');
    await this.to(this.page.getByRole('button', { name: item, exact: true }), 'ArrowDown');
    await this.page.keyboard.press('Enter');
    this.#clicks += 1;
  }

  /** Opens the row of a list that says this: a click. The arrows go through the rows. */
  async openRow(list: Locator, text: string | RegExp): Promise<void> {
    await list.getByRole('row').filter({ hasText: text }).first().waitFor();
    await this.to(list);
    await this.page.keyboard.press('Home');
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      const id = await list.getAttribute('aria-activedescendant');
      const row = this.page.locator(`[id="${id}"]`).filter({ hasText: text });
      if ((await row.count()) > 0) {
        await this.page.keyboard.press('Enter');
        this.#clicks += 1;
        return;
      }
      await this.page.keyboard.press('ArrowDown');
    }
    assert.fail(`no row of the list says ${String(text)}`);
  }

  /** Types into a field, in place of what it has. */
  async type(field: Locator, text: string): Promise<void> {
    await this.to(field);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /** Chooses by the arrows, as in every list of choices. */
  async select(field: Locator, option: string | RegExp): Promise<void> {
    await this.to(field);
    await this.page.keyboard.press('Home');
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      const chosen = await field.first().evaluate((it) => (it as HTMLSelectElement).selectedOptions[0]?.text ?? '');
      if (typeof option === 'string' ? chosen === option : option.test(chosen)) return;
      await this.page.keyboard.press('ArrowDown');
    }
    assert.fail(`there is no choice ${String(option)}`);
  }

  async tick(box: Locator): Promise<void> {
    await this.to(box);
    await this.page.keyboard.press('Space');
  }

  /** Sends a form by the button that it is sent with. */
  async send(button: Locator): Promise<void> {
    await this.to(button);
    const type = await this.page.evaluate(() => (document.activeElement as HTMLButtonElement).type);
    assert.equal(type, 'submit', 'sends what was filled in');
    await this.page.keyboard.press('Enter');
  }

  /** Goes into a filter by the arrow down, does something there, and leaves it. */
  async filter(name: RegExp, fill: () => Promise<void>): Promise<void> {
    await this.to(this.page.getByRole('button', { name }));
    await this.page.keyboard.press('ArrowDown');
    // A person begins to type once the field is there.
    await this.page.waitForFunction(() =>
      document.querySelector('[popover]:popover-open')?.contains(document.activeElement),
    );
    await fill();
    await this.page.keyboard.press('Escape');
  }
}

/** Whether what has the focus is one of these. */
function hasFocus(target: Locator): Promise<boolean> {
  return target.evaluateAll((all) => document.activeElement !== null && all.includes(document.activeElement as HTMLElement));
}

// A language that is 40 % longer than English, made of the English messages on their way to the page. The pages that are
// served have none of it.

import type { BrowserContext } from 'playwright-core';

const LONGER = 0.4;

/** Makes every word longer by repeating its beginning: `Users` becomes `UsersUs`. What is in angle brackets is markup. */
export function lengthen(text: string): string {
  return text.replace(/<[^>]*>|\p{L}+/gu, (word) =>
    word.startsWith('<') ? word : word + word.slice(0, Math.ceil(word.length * LONGER)),
  );
}

/** A compiled message: texts, and arrays of what is put in: `[name]` or `[name, "plural", forms]`. */
type Token = string | [name: string, kind?: string, forms?: Record<string, unknown>];
type Message = string | Token[];

function ofMessage(message: Message): Message {
  return typeof message === 'string' ? lengthen(message) : message.map(ofToken);
}

function ofToken(token: Token): Token {
  if (typeof token === 'string') return lengthen(token);
  const [name, kind, forms] = token;
  if (!kind || !forms) return token;
  const longer = Object.entries(forms).map(([form, value]) => [
    form,
    // `offset` is a number.
    typeof value === 'number' ? value : ofMessage(value as Message),
  ]);
  return [name, kind, Object.fromEntries(longer) as Record<string, unknown>];
}

/** From now on, pages of this visit have the longer messages where they have English ones. Tells how many there were. */
export async function makeLonger(context: BrowserContext): Promise<() => number> {
  let count = 0;
  await context.route(/\/dashboard\/assets\/en-[^/]+\.js$/, async (route) => {
    const response = await route.fetch();
    const source = await response.text();
    const [before = '', text = '', after = ''] = source.split('`');
    // The catalogue is JSON in a template literal.
    const catalogue = JSON.parse(text.replaceAll(/\\([\\`$])/g, '$1')) as Record<string, Message>;
    const entries = Object.entries(catalogue).map(([id, message]) => [id, ofMessage(message)]);
    count += entries.length;
    const body = `${before}${JSON.stringify(JSON.stringify(Object.fromEntries(entries)))}${after}`;
    await route.fulfill({ response, body });
  });
  return () => count;
}

// Each message has a translation, with the same values in it.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Entry {
  id: string;
  text: string;
}

/** The entries of the catalogues; their heads, which have no id, are left out. */
function read(locale: string): Entry[] {
  const paths = [`../../locales/${locale}.po`, `../../locales/pages/${locale}.po`];
  const source = paths.map((path) => readFileSync(new URL(path, import.meta.url), 'utf8')).join('\n');
  const lines = source.matchAll(/^msgid (".*")\nmsgstr (".*")$/gm);
  return [...lines]
    .map(([, id, text]) => ({ id: JSON.parse(id ?? '""') as string, text: JSON.parse(text ?? '""') as string }))
    .filter(({ id }) => id !== '');
}

/** Values and elements; words in the branches of a plural stand in the same brackets as values do. */
function placeholders(text: string): string[] {
  const sign = text.includes(', plural,') ? /\{\w+,|<\/?\d+\/?>/g : /\{\w+\}|<\/?\d+\/?>/g;
  return [...new Set(text.match(sign) ?? [])].sort();
}

describe('the messages', () => {
  it('are the same in both languages', () => {
    const ids = (locale: string) => read(locale).map(({ id }) => id);
    expect(ids('fr')).toEqual(ids('en'));
    expect(ids('en').length).toBeGreaterThan(100);
  });

  it('are all in French, with the same values', () => {
    for (const { id, text } of read('fr')) {
      expect(text, `"${id}" has no French`).not.toBe('');
      expect(placeholders(text), id).toEqual(placeholders(id));
    }
  });
});

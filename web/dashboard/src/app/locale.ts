// The language of the page: the member's, else the browser's.

import { i18n, type Messages } from '@lingui/core';

export const LOCALES = ['en', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];

type Catalog = () => Promise<{ messages: Messages }>;

const first: Record<Locale, Catalog> = {
  en: () => import('../../locales/en.po'),
  fr: () => import('../../locales/fr.po'),
};

const rest: Record<Locale, Catalog> = {
  en: () => import('../../locales/pages/en.po'),
  fr: () => import('../../locales/pages/fr.po'),
};

/** Whether a page was opened whose messages are not in the first catalogue. */
let isRestNeeded = false;

export function chooseLocale(own: string | null | undefined, browser: readonly string[]): Locale {
  const wanted = [own ?? '', ...browser].map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.flatMap((tag) => LOCALES.filter((locale) => locale === tag))[0] ?? 'en';
}

/** Begins to load a language that is probably wanted. */
export function preload(locale: Locale): void {
  void first[locale]().catch(() => undefined);
}

export async function activate(locale: Locale): Promise<void> {
  if (i18n.locale === locale) return;
  const catalogs = await Promise.all([first[locale](), ...(isRestNeeded ? [rest[locale]()] : [])]);
  for (const { messages } of catalogs) i18n.load(locale, messages);
  i18n.activate(locale);
  document.documentElement.lang = locale;
}

/** Loads the messages of all pages, once. */
export async function loadAllMessages(): Promise<void> {
  if (isRestNeeded) return;
  isRestNeeded = true;
  const locale = i18n.locale as Locale;
  const { messages } = await rest[locale]();
  i18n.load(locale, messages);
}

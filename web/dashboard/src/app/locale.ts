// The language of the page: the member's, else the browser's.

import { i18n } from '@lingui/core';

export const LOCALES = ['en', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];

const catalogs = {
  en: () => import('../../locales/en.po'),
  fr: () => import('../../locales/fr.po'),
};

export function chooseLocale(own: string | null | undefined, browser: readonly string[]): Locale {
  const wanted = [own ?? '', ...browser].map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.flatMap((tag) => LOCALES.filter((locale) => locale === tag))[0] ?? 'en';
}

export async function activate(locale: Locale): Promise<void> {
  if (i18n.locale === locale) return;
  const { messages } = await catalogs[locale]();
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
}

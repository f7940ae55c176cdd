// Dates written out, and times in the reader's zone with UTC at hand.

import { useLingui } from '@lingui/react';

type Style = 'date' | 'minute' | 'second';

const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  minute: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  second: { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** The field's English is the one that writes the day before the month. */
export function languageOf(locale: string): string {
  return locale === 'en' ? 'en-GB' : locale;
}

function format(locale: string, style: Style, timeZone?: string): Intl.DateTimeFormat {
  const key = `${locale} ${style} ${timeZone ?? ''}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(languageOf(locale), { ...STYLES[style], ...(timeZone && { timeZone }) });
    formats.set(key, found);
  }
  return found;
}

interface Props {
  at: string;
  style?: Style;
}

export function Time({ at, style = 'minute' }: Props) {
  const { i18n } = useLingui();
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return <span>{at}</span>;
  const utc = `${format(i18n.locale, 'second', 'UTC').format(time)} UTC`;
  return (
    <time dateTime={at} title={utc}>
      {format(i18n.locale, style).format(time)}
    </time>
  );
}

/** A day without a time, which is the same day in every zone. */
export function Day({ date }: { date: string }) {
  const { i18n } = useLingui();
  const time = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(time.getTime())) return <span>{date}</span>;
  const long = new Intl.DateTimeFormat(languageOf(i18n.locale), { dateStyle: 'long', timeZone: 'UTC' });
  return <time dateTime={date}>{long.format(time)}</time>;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365.25 * 86_400],
  ['month', 30.44 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** How far away a time is: `in 15 months`. */
export function distance(locale: string, at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const words = new Intl.RelativeTimeFormat(languageOf(locale), { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    // Months say more than one year and a half.
    const least = unit === 'year' ? 2 * size : size;
    if (Math.abs(seconds) >= least) return words.format(Math.round(seconds / size), unit);
  }
  return words.format(Math.round(seconds), 'second');
}

export function Distance({ at }: { at: string }) {
  const { i18n } = useLingui();
  return <span>{distance(i18n.locale, at, Date.now())}</span>;
}

import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { languageOf } from '../ui/Time.tsx';

/** Writes numbers as the page's language does. */
export function useNumber(): (value: number) => string {
  const { i18n } = useLingui();
  return useMemo(() => {
    const format = new Intl.NumberFormat(languageOf(i18n.locale));
    return (value: number) => format.format(value);
  }, [i18n.locale]);
}

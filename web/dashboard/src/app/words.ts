// Enum values in words. Enums are open: a value that this build does not know is shown as the graph spells it.

import type { MessageDescriptor } from '@lingui/core';
import { useLingui } from '@lingui/react';
import type { Tone } from '../ui/Badge.tsx';

export interface Word {
  text: MessageDescriptor;
  tone?: Tone;
}

export type Words<V extends string = string> = Record<V, Word>;

export function useWords(): (words: Words, value: string) => { text: string; tone: Tone } {
  const { i18n } = useLingui();
  return (words, value) => {
    const word = Object.hasOwn(words, value) ? words[value] : undefined;
    return word ? { text: i18n._(word.text), tone: word.tone ?? 'info' } : { text: value, tone: 'info' };
  };
}

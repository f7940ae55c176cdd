// Built-in roles in the order in which they are written about, then those of the project as they came.

import { builtInRole } from './words.ts';

interface Named {
  readonly builtIn?: string | null | undefined;
}

const ORDER = Object.keys(builtInRole);

function place({ builtIn }: Named): number {
  const index = ORDER.indexOf(builtIn ?? '');
  return index < 0 ? ORDER.length : index;
}

export function inOrder<R extends Named>(roles: readonly R[]): R[] {
  return [...roles].sort((a, b) => place(a) - place(b));
}

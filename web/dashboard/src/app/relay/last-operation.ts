// The query that the page on the screen was made from, for the explorer.

import type { Variables } from 'relay-runtime';

export interface Operation {
  id: string;
  variables: Variables;
}

let last: Operation | null = null;

export const lastOperation = {
  get: () => last,
  set(operation: Operation | null): void {
    last = operation;
  },
};

import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SCENARIOS } from './scenarios.ts';

it('offers the scenarios that the server has', () => {
  const files = readdirSync(new URL('../../../../scenarios', import.meta.url));
  expect([...SCENARIOS]).toEqual(files.map((file) => file.replace(/\.yaml$/, '')).sort());
});

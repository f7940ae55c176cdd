import { expect, it } from 'vitest';
import { wholeNumber } from './whole-number.ts';

it('takes whole numbers within the bounds, and nothing else', () => {
  const read = (text: string) => wholeNumber(text, [5, 120]);
  expect(['5', ' 30 ', '120'].map(read)).toEqual([5, 30, 120]);
  expect(['', '4', '121', '-5', '5.5', '1e1', '0x10', 'ten', '99999'].map(read)).toEqual(Array(9).fill(undefined));
});

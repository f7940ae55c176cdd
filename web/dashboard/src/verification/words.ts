import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const VERIFICATION_ORDERS = ['-createdAt', 'createdAt', '-number', 'number'] as const;

export const verificationOrder: Words<(typeof VERIFICATION_ORDERS)[number]> = {
  '-createdAt': { text: msg`Time, latest first` },
  createdAt: { text: msg`Time, earliest first` },
  '-number': { text: msg`Number, highest first` },
  number: { text: msg`Number, lowest first` },
};

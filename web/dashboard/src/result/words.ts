import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const RESULT_STATUSES = ['STARTED', 'VERIFIED', 'FAILED'] as const;
export type ResultStatus = (typeof RESULT_STATUSES)[number];

export const resultStatus: Words<ResultStatus> = {
  STARTED: { text: msg`Started`, tone: 'waiting' },
  VERIFIED: { text: msg`Verified`, tone: 'ok' },
  FAILED: { text: msg`Failed`, tone: 'refused' },
};

export const resultScope: Words<'IDENTITY_ID' | 'NAME' | 'DATE_OF_BIRTH' | 'PHONE'> = {
  IDENTITY_ID: { text: msg`Id of the identity` },
  NAME: { text: msg`Name` },
  DATE_OF_BIRTH: { text: msg`Date of birth` },
  PHONE: { text: msg`Telephone` },
};

export const verificationOutcome: Words<'VERIFIED' | 'FAILED'> = {
  VERIFIED: { text: msg`Verified`, tone: 'ok' },
  FAILED: { text: msg`Failed`, tone: 'refused' },
};

export const RESULT_ORDERS = ['-createdAt', 'createdAt'] as const;

export const resultOrder: Words<(typeof RESULT_ORDERS)[number]> = {
  '-createdAt': { text: msg`Created, latest first` },
  createdAt: { text: msg`Created, earliest first` },
};

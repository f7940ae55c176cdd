import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const SESSION_STATUSES = ['InProgress', 'Pending', 'Successful', 'Suspected'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

export const sessionStatus: Words<SessionStatus> = {
  InProgress: { text: msg`In progress`, tone: 'waiting' },
  Pending: { text: msg`Pending`, tone: 'waiting' },
  Successful: { text: msg`Successful`, tone: 'ok' },
  Suspected: { text: msg`Suspected`, tone: 'refused' },
};

export const verificationStep: Words<
  'ID_DOCUMENT' | 'DRIVING_LICENSE' | 'DRIVER_LICENSE' | 'CAR_REGISTRATION_DOCUMENT' | 'ADDRESS_PROOF'
> = {
  ID_DOCUMENT: { text: msg`Identity document` },
  DRIVING_LICENSE: { text: msg`Driving licence` },
  DRIVER_LICENSE: { text: msg`Driving licence` },
  CAR_REGISTRATION_DOCUMENT: { text: msg`Vehicle registration` },
  ADDRESS_PROOF: { text: msg`Proof of address` },
};

export const SESSION_ORDERS = ['-updatedAt', 'updatedAt', '-createdAt', 'createdAt'] as const;
export type SessionOrder = (typeof SESSION_ORDERS)[number];

export const sessionOrder: Words<SessionOrder> = {
  '-updatedAt': { text: msg`Updated, latest first` },
  updatedAt: { text: msg`Updated, earliest first` },
  '-createdAt': { text: msg`Created, latest first` },
  createdAt: { text: msg`Created, earliest first` },
};

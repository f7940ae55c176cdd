import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const USER_STATUSES = ['Active', 'Deactivated', 'Restricted', 'Erased'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

export const userStatus: Words<UserStatus> = {
  Active: { text: msg`Active`, tone: 'ok' },
  Deactivated: { text: msg`Deactivated`, tone: 'off' },
  Restricted: { text: msg`Restricted`, tone: 'waiting' },
  Erased: { text: msg`Erased`, tone: 'none' },
};

export const notificationChannel: Words<'App' | 'Sms'> = {
  App: { text: msg`App` },
  Sms: { text: msg`SMS` },
};

export const USER_ORDERS = ['-updatedAt', 'updatedAt', '-createdAt', 'createdAt', '-number', 'number'] as const;
export type UserOrder = (typeof USER_ORDERS)[number];

export const userOrder: Words<UserOrder> = {
  '-updatedAt': { text: msg`Updated, latest first` },
  updatedAt: { text: msg`Updated, earliest first` },
  '-createdAt': { text: msg`Created, latest first` },
  createdAt: { text: msg`Created, earliest first` },
  '-number': { text: msg`Number, highest first` },
  number: { text: msg`Number, lowest first` },
};

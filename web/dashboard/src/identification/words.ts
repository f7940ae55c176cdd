import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const IDENTIFICATION_STATUSES = [
  'NotStarted',
  'NotSupported',
  'Started',
  'Pending',
  'Valid',
  'Invalid',
  'Canceled',
  'Expired',
] as const;
export type IdentificationStatus = (typeof IDENTIFICATION_STATUSES)[number];

export const identificationStatus: Words<IdentificationStatus> = {
  NotStarted: { text: msg`Not started`, tone: 'waiting' },
  NotSupported: { text: msg`Not supported`, tone: 'none' },
  Started: { text: msg`Started`, tone: 'waiting' },
  Pending: { text: msg`Pending`, tone: 'waiting' },
  Valid: { text: msg`Valid`, tone: 'ok' },
  Invalid: { text: msg`Invalid`, tone: 'refused' },
  Canceled: { text: msg`Canceled`, tone: 'off' },
  Expired: { text: msg`Expired`, tone: 'off' },
};

export const IDENTIFICATION_PROCESSES = ['Expert', 'QES', 'PVID'] as const;
export type IdentificationProcess = (typeof IDENTIFICATION_PROCESSES)[number];

export const identificationProcess: Words<IdentificationProcess> = {
  Expert: { text: msg`Expert` },
  QES: { text: msg`QES` },
  PVID: { text: msg`PVID` },
};

export const IDENTIFICATION_LEVELS = ['expert', 'qes', 'pvid'] as const;
export type IdentificationLevel = (typeof IDENTIFICATION_LEVELS)[number];

export const identificationLevel: Words<IdentificationLevel> = {
  expert: { text: msg`expert` },
  qes: { text: msg`qes` },
  pvid: { text: msg`PVID` },
};

export const identityDocumentType: Words<'IdCard' | 'Passport' | 'ResidencePermit' | 'DriversLicense'> = {
  IdCard: { text: msg`Identity card` },
  Passport: { text: msg`Passport` },
  ResidencePermit: { text: msg`Residence permit` },
  DriversLicense: { text: msg`Driving licence` },
};

export const IDENTIFICATION_ORDERS = ['-updatedAt', 'updatedAt', '-createdAt', 'createdAt'] as const;
export type IdentificationOrder = (typeof IDENTIFICATION_ORDERS)[number];

export const identificationOrder: Words<IdentificationOrder> = {
  '-updatedAt': { text: msg`Updated, latest first` },
  updatedAt: { text: msg`Updated, earliest first` },
  '-createdAt': { text: msg`Created, latest first` },
  createdAt: { text: msg`Created, earliest first` },
};

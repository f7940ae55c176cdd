import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const DEVICE_CHECKS = ['ALLOW', 'DENY', 'REVIEW', 'NONE'] as const;
export type DeviceCheck = (typeof DEVICE_CHECKS)[number];

export const deviceCheck: Words<DeviceCheck> = {
  ALLOW: { text: msg`Allowed`, tone: 'ok' },
  DENY: { text: msg`Denied`, tone: 'refused' },
  REVIEW: { text: msg`To review`, tone: 'waiting' },
  NONE: { text: msg`Not checked`, tone: 'off' },
};

export const PROOFING_STATES = ['INIT', 'DEVICE', 'IMAGE', 'COMPLETE'] as const;
export type ProofingState = (typeof PROOFING_STATES)[number];

export const proofingState: Words<ProofingState> = {
  INIT: { text: msg`Created`, tone: 'off' },
  DEVICE: { text: msg`Device checked`, tone: 'waiting' },
  IMAGE: { text: msg`Images uploaded`, tone: 'waiting' },
  COMPLETE: { text: msg`Complete`, tone: 'ok' },
};

export const DOCUMENT_RESULTS = ['PASSED', 'FAILED', 'ATTENTION', 'SKIPPED', 'UNKNOWN', 'NONE'] as const;
export type DocumentResult = (typeof DOCUMENT_RESULTS)[number];

export const documentResult: Words<DocumentResult> = {
  PASSED: { text: msg`Passed`, tone: 'ok' },
  FAILED: { text: msg`Failed`, tone: 'refused' },
  ATTENTION: { text: msg`Needs attention`, tone: 'waiting' },
  SKIPPED: { text: msg`Skipped`, tone: 'off' },
  UNKNOWN: { text: msg`Unknown`, tone: 'off' },
  NONE: { text: msg`None`, tone: 'off' },
};

export const FACE_MATCHES = ['yes', 'no'] as const;

export const faceMatch: Words<(typeof FACE_MATCHES)[number]> = {
  yes: { text: msg`Match`, tone: 'ok' },
  no: { text: msg`No match`, tone: 'refused' },
};

export const PROOFING_ORDERS = [
  '-requestTime',
  'requestTime',
  '-deviceCheckResult',
  'deviceCheckResult',
  '-state',
  'state',
  '-documentAuthenticationResult',
  'documentAuthenticationResult',
  '-faceMatch',
  'faceMatch',
] as const;
export type ProofingOrder = (typeof PROOFING_ORDERS)[number];

export const proofingOrder: Words<ProofingOrder> = {
  '-requestTime': { text: msg`Request time, latest first` },
  requestTime: { text: msg`Request time, earliest first` },
  '-deviceCheckResult': { text: msg`Device check, Z to A` },
  deviceCheckResult: { text: msg`Device check, A to Z` },
  '-state': { text: msg`State, Z to A` },
  state: { text: msg`State, A to Z` },
  '-documentAuthenticationResult': { text: msg`Document, Z to A` },
  documentAuthenticationResult: { text: msg`Document, A to Z` },
  '-faceMatch': { text: msg`Face match, matches first` },
  faceMatch: { text: msg`Face match, mismatches first` },
};

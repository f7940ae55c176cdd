import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const endpointStatus: Words = {
  Active: { text: msg`Active`, tone: 'ok' },
  Disabled: { text: msg`Paused`, tone: 'off' },
  Broken: { text: msg`Broken`, tone: 'refused' },
};

export const DELIVERY_STATUSES = ['Pending', 'Delivered', 'Failed'] as const;

export const deliveryStatus: Words<(typeof DELIVERY_STATUSES)[number]> = {
  Pending: { text: msg`Waiting`, tone: 'waiting' },
  Delivered: { text: msg`Delivered`, tone: 'ok' },
  Failed: { text: msg`Failed`, tone: 'refused' },
};

/** What the body of a delivery holds. */
export const bodyKind: Words = {
  EVENT: { text: msg`The event` },
  SESSION: { text: msg`The session` },
  RESULT: { text: msg`The result` },
};

/** Why an endpoint gave no answer. */
export const failure: Words = {
  address_not_allowed: { text: msg`the address is not a public one` },
  not_connected: { text: msg`nobody answers at the address` },
  certificate_refused: { text: msg`the certificate of the address is not valid` },
  timeout: { text: msg`it took too long` },
  no_answer: { text: msg`the answer was not one of a web server` },
};

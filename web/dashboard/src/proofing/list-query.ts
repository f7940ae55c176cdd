// The filters and the order of the list of proofing requests, as the address keeps them.

import { choice, createQuery, oneOf, period, rangeOf, type ValueOf } from '../app/query.ts';
import { DEVICE_CHECKS, DOCUMENT_RESULTS, FACE_MATCHES, PROOFING_ORDERS, PROOFING_STATES } from './words.ts';

const shape = {
  time: period,
  device: oneOf(DEVICE_CHECKS),
  state: oneOf(PROOFING_STATES),
  document: oneOf(DOCUMENT_RESULTS),
  face: oneOf(FACE_MATCHES),
  order: choice(PROOFING_ORDERS),
};

export const proofingListQuery = createQuery(shape);
export type ProofingListState = ValueOf<typeof shape>;

/** The filters as the graph takes them, or null if there are none. */
export function filtersOf({ time, device, state, document, face }: ProofingListState) {
  const requestTime = rangeOf(time);
  const filters = {
    ...(requestTime && { requestTime }),
    ...(device && { deviceCheckResult: device }),
    ...(state && { state }),
    ...(document && { documentAuthenticationResult: document }),
    ...(face && { faceMatch: face === 'yes' }),
  };
  return Object.keys(filters).length > 0 ? filters : null;
}

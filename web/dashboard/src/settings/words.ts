import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

/** How users are searched by name. */
export const nameSearch: Words = {
  Scan: { text: msg`Names are opened and compared` },
  Index: { text: msg`Names are found by an index` },
  Off: { text: msg`Not by name` },
};

/** Classes of data that a project may keep for a limited time. */
export const retentionClass: Words = {
  DocumentImages: { text: msg`Images of documents` },
  DocumentFields: { text: msg`What was read from documents` },
  SessionMetadata: { text: msg`Addresses and devices of sessions` },
  ResultData: { text: msg`Data that results release` },
  ProofingImages: { text: msg`Images of proofing requests` },
};

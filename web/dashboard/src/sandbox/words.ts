import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

/** What happens while the clock of a Sandbox project moves. */
export const happeningType: Words = {
  IdentificationExpired: { text: msg`Identification expired` },
  WebhooksSent: { text: msg`Webhooks sent` },
  DataErased: { text: msg`Data erased` },
};

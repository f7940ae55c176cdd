// Which pages have saved views. Apart from what views are, so that a list loads without that.

import type { Page } from './saved-view.ts';

/** The pages with a list, by their paths. */
export const VIEW_PAGES: Readonly<Record<string, Page>> = {
  '/users': 'Users',
  '/identifications': 'Identifications',
  '/proofing-requests': 'ProofingRequests',
  '/verifications': 'Verifications',
  '/sessions': 'Sessions',
  '/results': 'Results',
  '/webhooks/log': 'WebhookLog',
  '/audit': 'Audit',
};

import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';
import type { FormField } from './form.ts';

/** The fields of a user that people may write, as the form calls them. */
export const fieldName: Words<FormField> = {
  refId: { text: msg`refId` },
  firstName: { text: msg`Given name` },
  allFirstNames: { text: msg`All given names` },
  lastName: { text: msg`Family name` },
  birthLastName: { text: msg`Family name at birth` },
  preferredLastName: { text: msg`Preferred family name` },
  birthDate: { text: msg`Date of birth` },
  birthCity: { text: msg`Place of birth` },
  birthCountry: { text: msg`Country of birth` },
  nationalityCCA3: { text: msg`Nationality` },
  mobilePhoneNumber: { text: msg`Mobile telephone` },
  preferredNotificationChannel: { text: msg`Prefers notifications by` },
  verifiedEmails: { text: msg`Verified e-mail addresses` },
  tags: { text: msg`Tags` },
};

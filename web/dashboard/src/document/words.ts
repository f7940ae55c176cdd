import { msg } from '@lingui/core/macro';
import type { Words } from '../app/words.ts';

export const mrzStatus: Words<'Valid' | 'InvalidChecksum' | 'Malformed' | 'Absent'> = {
  Valid: { text: msg`Zone is consistent`, tone: 'ok' },
  InvalidChecksum: { text: msg`Wrong check digit`, tone: 'refused' },
  Malformed: { text: msg`Zone is malformed`, tone: 'refused' },
  Absent: { text: msg`No zone`, tone: 'off' },
};

/** The fields of a machine-readable zone. */
export const mrzField: Words = {
  NUMBER: { text: msg`Number` },
  NATIONALITY: { text: msg`Nationality` },
  BIRTH_DATE: { text: msg`Birth` },
  SEX: { text: msg`Sex` },
  EXPIRATION_DATE: { text: msg`Expiry` },
  OPTIONAL_DATA: { text: msg`Optional` },
  COMPOSITE: { text: msg`Whole zone` },
};

export const documentImageKind: Words<'FRONT' | 'BACK' | 'PHOTO' | 'FRONT_CROPPED' | 'BACK_CROPPED' | 'SELFIE'> = {
  FRONT: { text: msg`Front side` },
  BACK: { text: msg`Back side` },
  PHOTO: { text: msg`Photo` },
  FRONT_CROPPED: { text: msg`Front, cropped` },
  BACK_CROPPED: { text: msg`Back, cropped` },
  SELFIE: { text: msg`Selfie` },
};

/** Documents by the name of their type in the graph. */
export const documentKind: Words = {
  IdCardDocument: { text: msg`Identity card` },
  PassportDocument: { text: msg`Passport` },
  ResidencePermitDocument: { text: msg`Residence permit` },
  UnclassifiedDocument: { text: msg`Document of unknown type` },
  DriversLicenseDocument: { text: msg`Driving licence` },
  CarRegistrationDocument: { text: msg`Vehicle registration` },
  AddressProofDocument: { text: msg`Proof of address` },
  FacePhotoDocument: { text: msg`Photo of the face` },
  ReportDocument: { text: msg`Report` },
};

export const documentFinding: Words = {
  Expired: { text: msg`The document has expired.` },
  BornInFuture: { text: msg`The date of birth is in the future.` },
  IssuedInFuture: { text: msg`The date of issue is in the future.` },
  IssuedAfterExpiration: { text: msg`The date of issue is after the last day of validity.` },
  BornAfterIssue: { text: msg`The date of issue is before the date of birth.` },
  MrzDocumentCodeInvalid: { text: msg`The document code of the zone is not valid.` },
  MrzIssuingStateInvalid: { text: msg`The issuing state in the zone is not valid.` },
  MrzNameInvalid: { text: msg`The name in the zone has characters that do not belong there.` },
  MrzNumberInvalid: { text: msg`The number in the zone has characters that do not belong there.` },
  MrzNationalityInvalid: { text: msg`The nationality in the zone is not valid.` },
  MrzSexInvalid: { text: msg`The sex in the zone is not valid.` },
  MrzOptionalDataInvalid: { text: msg`The optional data in the zone have characters that do not belong there.` },
  MrzNumberCheckDigit: { text: msg`The check digit of the number is wrong.` },
  MrzBirthDateCheckDigit: { text: msg`The check digit of the date of birth is wrong.` },
  MrzExpirationCheckDigit: { text: msg`The check digit of the date of expiry is wrong.` },
  MrzOptionalDataCheckDigit: { text: msg`The check digit of the optional data is wrong.` },
  MrzCompositeCheckDigit: { text: msg`The check digit of the whole zone is wrong.` },
  MrzBirthDateInvalid: { text: msg`The date of birth in the zone is no date.` },
  MrzExpirationInvalid: { text: msg`The date of expiry in the zone is no date.` },
  MrzFirstNameMismatch: { text: msg`The given names in the zone differ from the document.` },
  MrzLastNameMismatch: { text: msg`The family name in the zone differs from the document.` },
  MrzNumberMismatch: { text: msg`The number in the zone differs from the document.` },
  MrzBirthDateMismatch: { text: msg`The date of birth in the zone differs from the document.` },
  MrzExpirationMismatch: { text: msg`The date of expiry in the zone differs from the document.` },
  MrzSexMismatch: { text: msg`The sex in the zone differs from the document.` },
};

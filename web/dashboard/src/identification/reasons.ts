// Why a level was refused: what happened, and what to do about it.

import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export interface Reason {
  what: MessageDescriptor;
  advice: MessageDescriptor;
}

export const REASONS: Record<string, Reason> = {
  AbsentOrIncompleteFace: {
    what: msg`The face was missing or only partly visible.`,
    advice: msg`Ask for a new recording with the whole face in the frame.`,
  },
  AlteredDevice: {
    what: msg`The device was rooted, emulated or otherwise altered.`,
    advice: msg`Ask to use an unaltered phone with its original system.`,
  },
  BadDocumentLighting: {
    what: msg`The document was lit too badly to be read.`,
    advice: msg`Ask for a new recording in daylight.`,
  },
  DamagedDocument: {
    what: msg`The document was damaged.`,
    advice: msg`Ask for another identity document, or for a renewed one.`,
  },
  ExpiredDocument: {
    what: msg`The document had expired.`,
    advice: msg`Ask for a document that is still valid.`,
  },
  FraudDetected: {
    what: msg`An attempt at fraud was detected.`,
    advice: msg`Do not ask for another attempt. Hand the case to compliance.`,
  },
  InadequateVideo: {
    what: msg`The video did not show what is required.`,
    advice: msg`Ask for a new recording that follows each instruction on the screen.`,
  },
  InsufficientApplicantLighting: {
    what: msg`The person was lit too badly to be seen.`,
    advice: msg`Ask for a new recording with light from the front.`,
  },
  InsufficientApplicantLiveness: {
    what: msg`It could not be confirmed that the person was really there.`,
    advice: msg`Ask for a new recording, without glasses or a mask, following the instructions.`,
  },
  InsufficientConnectionQuality: {
    what: msg`The connection was too bad.`,
    advice: msg`Ask for another attempt on Wi-Fi or with better reception.`,
  },
  InsufficientDocumentLiveness: {
    what: msg`It could not be confirmed that the document was really there.`,
    advice: msg`Ask for a new recording in which the document is moved as instructed.`,
  },
  InsufficientDocumentReadability: {
    what: msg`The document could not be read.`,
    advice: msg`Ask for a new recording with a sharp image and without reflections.`,
  },
  InsufficientFaceReadability: {
    what: msg`The face could not be recognised.`,
    advice: msg`Ask for a new recording with a sharp image of the uncovered face.`,
  },
  InsufficientVideoReadability: {
    what: msg`The video could not be evaluated.`,
    advice: msg`Ask for a new recording with a clean lens and a steady hand.`,
  },
  InternalError: {
    what: msg`The check failed because of a technical error on the provider's side.`,
    advice: msg`Ask for another attempt. If it fails again, report it to the provider.`,
  },
  InvalidAddress: {
    what: msg`The address was not valid.`,
    advice: msg`Have the address corrected, then ask for another attempt.`,
  },
  InvalidOrMissingData: {
    what: msg`Data of the person was missing or invalid.`,
    advice: msg`Complete the record, then ask for another attempt.`,
  },
  InvoluntaryIdentification: {
    what: msg`The person did not seem to take part of their own free will.`,
    advice: msg`Do not ask for another attempt. Hand the case to compliance.`,
  },
  MissingGeolocationData: {
    what: msg`The location of the device was missing.`,
    advice: msg`Ask to allow the app to use the location, then for another attempt.`,
  },
  NegativeNewsHit: {
    what: msg`The person appears in adverse media.`,
    advice: msg`Hand the case to compliance, which decides on the relationship.`,
  },
  NonMatchingIdentity: {
    what: msg`The person did not match the identity claimed.`,
    advice: msg`Compare the record with the document. If they differ, hand the case to compliance.`,
  },
  NonOriginalDocument: {
    what: msg`The document was a copy, not the original.`,
    advice: msg`Ask for a new recording with the original document.`,
  },
  SanctionListHit: {
    what: msg`The person is on a sanctions list.`,
    advice: msg`Stop. Hand the case to compliance, and tell the person nothing of it.`,
  },
  SecondDocumentRequired: {
    what: msg`A second document is needed.`,
    advice: msg`Ask for a second document that proves the identity.`,
  },
  TechnicalSignatureError: {
    what: msg`The signature failed because of a technical error.`,
    advice: msg`Ask for another attempt.`,
  },
  TimeoutSignatureFlow: {
    what: msg`The signature was not given in time.`,
    advice: msg`Ask for another attempt, with the phone for the code at hand.`,
  },
  UnacceptableDocument: {
    what: msg`This kind of document is not accepted.`,
    advice: msg`Ask for a passport, an identity card or a residence permit.`,
  },
  UnderageApplicant: {
    what: msg`The person is under age.`,
    advice: msg`The person cannot be identified before coming of age.`,
  },
};

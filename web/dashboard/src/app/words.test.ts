// Every value of an enum of the graph has words. Read from the schema, so that a new value fails here first.

import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType, isUnionType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { auditAction } from '../audit/words.ts';
import { documentFinding, documentImageKind, documentKind, mrzField, mrzStatus } from '../document/words.ts';
import { REASONS } from '../identification/reasons.ts';
import {
  identificationLevel,
  identificationProcess,
  identificationStatus,
  identityDocumentType,
} from '../identification/words.ts';
import { deviceCheck, documentResult, proofingState } from '../proofing/words.ts';
import { resultScope, resultStatus, verificationOutcome } from '../result/words.ts';
import { sessionStatus, verificationStep } from '../session/words.ts';
import { builtInRole, membershipStatus } from '../member/words.ts';
import { happeningType } from '../sandbox/words.ts';
import { nameSearch, retentionClass } from '../settings/words.ts';
import { bodyKind, deliveryStatus, endpointStatus } from '../webhook/words.ts';
import { notificationChannel, userStatus } from '../user/words.ts';

const schema = buildSchema(readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8'));

function valuesOf(name: string): string[] {
  const type = schema.getType(name);
  if (isEnumType(type)) return type.getValues().map((value) => value.name);
  if (isUnionType(type)) return type.getTypes().map((member) => member.name);
  throw new Error(`the schema has no enum or union ${name}`);
}

const WORDS: Record<string, object> = {
  BuiltInRole: builtInRole,
  DeviceCheckResult: deviceCheck,
  DocumentAuthenticationResult: documentResult,
  DocumentFinding: documentFinding,
  DocumentImageKind: documentImageKind,
  IdentificationDocument: documentKind,
  IdentificationInvalidReason: REASONS,
  IdentificationLevel: identificationLevel,
  IdentificationProcess: identificationProcess,
  IdentificationStatus: identificationStatus,
  IdentityDocumentType: identityDocumentType,
  MembershipStatus: membershipStatus,
  MrzFieldName: mrzField,
  MrzStatus: mrzStatus,
  NameSearch: nameSearch,
  NotificationChannel: notificationChannel,
  ProofingRequestState: proofingState,
  RetentionDataClass: retentionClass,
  SandboxHappeningType: happeningType,
  UserStatus: userStatus,
  VerificationOutcome: verificationOutcome,
  VerificationResultScope: resultScope,
  VerificationResultStatus: resultStatus,
  VerificationSessionStatus: sessionStatus,
  VerificationStep: verificationStep,
  WebhookBodyKind: bodyKind,
  WebhookEventLogStatus: deliveryStatus,
  WebhookSubscriptionStatus: endpointStatus,
};

describe('words for what the graph says', () => {
  for (const [name, words] of Object.entries(WORDS)) {
    it(`has them for each value of ${name}`, () => {
      expect(Object.keys(words).sort()).toEqual(valuesOf(name).sort());
    });
  }

  // The filter of the audit offers them, so an action without words could not be found.
  it('has them for each action of the audit that the server records', () => {
    const declared = ['audit/action.rs', 'event/kind.rs'].flatMap((file) => {
      const source = readFileSync(new URL(`../../../../src/${file}`, import.meta.url), 'utf8');
      return [...source.matchAll(/serialize = "(\w+\.\w+)"/g)].map((match) => match[1]);
    });
    expect(declared).toContain('User.Created');
    expect(Object.keys(auditAction).sort()).toEqual(declared.sort());
  });

  it('says of each of the 28 reasons what happened and what to do', () => {
    expect(Object.keys(REASONS)).toHaveLength(28);
    for (const { what, advice } of Object.values(REASONS)) {
      expect(what.id).not.toBe(advice.id);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { needsFreshSignIn, problemOfError, readProblem, rejectionIn } from './problem.ts';
import { GraphError } from './relay/errors.ts';

describe('a problem with a change', () => {
  it('stands at the field that the server names', () => {
    expect(readProblem('`birthDate`: must not be in the future')).toEqual({
      field: 'birthDate',
      message: 'Must not be in the future.',
    });
    expect(readProblem('invalid argument `reason`: must have 1 to 1024 characters')).toEqual({
      field: 'reason',
      message: 'Must have 1 to 1024 characters.',
    });
    expect(
      readProblem('Failed to parse "PhoneNumber": write a number with `+` (occurred while parsing "UpdateUserInput")'),
    ).toEqual({ field: 'mobilePhoneNumber', message: 'Write a number with `+`.' });
  });

  it('stands at the field of its type where the sentence names none', () => {
    const payload = { __typename: 'RefIdTakenRejection', message: 'another user of the project has this refId' };
    expect(rejectionIn(payload)).toEqual({
      field: 'refId',
      message: 'Another user of the project has this refId.',
    });
  });

  it('has the sentence of a rejection that this build does not know', () => {
    expect(rejectionIn({ __typename: 'NewRejection', message: 'not today' })).toEqual({
      field: null,
      message: 'Not today.',
    });
  });

  it('is none when the change was made', () => {
    expect(rejectionIn({ __typename: 'UpdateUserSuccessPayload' })).toBeNull();
  });

  it('names the request of an internal error', () => {
    const error = new GraphError('INTERNAL', 'internal error', '01a2');
    expect(problemOfError(error, '?')).toEqual({ field: null, message: 'Internal error. (01a2)' });
  });
});

it('knows the rejection that a fresh sign-in answers, and no other', () => {
  expect(needsFreshSignIn({ createRole: { __typename: 'FreshSignInNeededRejection', message: 'sign in' } })).toBe(true);
  expect(needsFreshSignIn({ createRole: { __typename: 'ForbiddenRejection', message: 'no' } })).toBe(false);
  expect(needsFreshSignIn({ createRole: null })).toBe(false);
});

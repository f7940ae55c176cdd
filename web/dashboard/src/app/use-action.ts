// Runs a mutation: one at a time, with what the server has against it.

import { useLingui } from '@lingui/react/macro';
import { use, useState } from 'react';
import { useRelayEnvironment } from 'react-relay/hooks';
import { commitMutation, type GraphQLTaggedNode, type IEnvironment, type MutationParameters } from 'relay-runtime';
import { needsFreshSignIn, type Problem, problemOfError, rejectionIn } from './problem.ts';
import { sendApart } from './relay/send-apart.ts';
import { useSession } from './session.ts';
import { proveAnew } from './step-up.ts';
import { BumpContext } from './use-page-query.ts';

interface Action<M extends MutationParameters> {
  /** Runs it. Gives the answer if the change was made, else null; then `at` and `over` say why. */
  run(variables: M['variables']): Promise<M['response'] | null>;
  isBusy: boolean;
  problem: Problem | null;
  /** What is wrong at a field, if it is this field. */
  at(field: string): string | undefined;
  /** What is wrong with the change as a whole, or with a field that the form does not have. */
  over(...fields: string[]): string | undefined;
  clear(): void;
}

interface Options {
  /** The answer has a secret: it goes to the caller alone and not into the store. */
  isSecret?: boolean;
  /** Called with the type of a rejection, for those that the form answers to itself. */
  onRejected?(type: string): void;
}

function commit<M extends MutationParameters>(
  environment: IEnvironment,
  mutation: GraphQLTaggedNode,
  variables: M['variables'],
): Promise<M['response']> {
  return new Promise((resolve, reject) => {
    commitMutation<M>(environment, { mutation, variables, onCompleted: resolve, onError: reject });
  });
}

/** Every mutation has one payload: a success, or a rejection with a sentence. */
export function useAction<M extends MutationParameters>(
  mutation: GraphQLTaggedNode,
  { isSecret = false, onRejected }: Options = {},
): Action<M> {
  const { t } = useLingui();
  const { awaySince } = useSession();
  const bump = use(BumpContext);
  const environment = useRelayEnvironment();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const unknown = t`The change was not made. Try again.`;

  const send = (variables: M['variables']): Promise<M['response']> =>
    isSecret ? sendApart<M>(environment, mutation, variables) : commit<M>(environment, mutation, variables);

  async function change(variables: M['variables']): Promise<M['response'] | null> {
    let response = await send(variables);
    if (needsFreshSignIn(response)) {
      // The same input with the same key: the server has not looked at it yet.
      if (!(await proveAnew())) return null;
      response = await send(variables);
    }
    const payloads = Object.values(response as Record<string, unknown>);
    const rejection = payloads.map(rejectionIn).find(Boolean) ?? null;
    const isNothing = payloads.every((payload) => payload === null || payload === undefined);
    if (rejection || isNothing) {
      const type = payloads.map((payload) => (payload as { __typename?: string } | null)?.__typename).find(Boolean);
      if (rejection && type) onRejected?.(type);
      setProblem(rejection ?? { field: null, message: unknown });
      return null;
    }
    bump();
    return response;
  }

  async function run(variables: M['variables']): Promise<M['response'] | null> {
    setProblem(null);
    if (awaySince !== null) {
      setProblem({ field: null, message: t`The server does not answer. Nothing was lost: try again when it is back.` });
      return null;
    }
    setBusy(true);
    try {
      return await change(variables);
    } catch (error) {
      setProblem(problemOfError(error, unknown));
      return null;
    } finally {
      setBusy(false);
    }
  }

  return {
    run,
    isBusy,
    problem,
    at: (field) => (problem?.field === field ? problem.message : undefined),
    over: (...fields) =>
      problem && (problem.field === null || !fields.includes(problem.field)) ? problem.message : undefined,
    clear: () => setProblem(null),
  };
}

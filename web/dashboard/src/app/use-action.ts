// Runs a mutation: one at a time, with what the server has against it.

import { useLingui } from '@lingui/react/macro';
import { use, useState } from 'react';
import { useMutation } from 'react-relay/hooks';
import type { GraphQLTaggedNode, MutationParameters } from 'relay-runtime';
import { type Problem, problemOfError, rejectionIn } from './problem.ts';
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

/** Every mutation has one payload: a success, or a rejection with a sentence. */
export function useAction<M extends MutationParameters>(mutation: GraphQLTaggedNode): Action<M> {
  const { t } = useLingui();
  const { awaySince } = useSession();
  const bump = use(BumpContext);
  const [commit, isBusy] = useMutation<M>(mutation);
  const [problem, setProblem] = useState<Problem | null>(null);
  const unknown = t`The change was not made. Try again.`;

  function run(variables: M['variables'], isSecond = false): Promise<M['response'] | null> {
    setProblem(null);
    if (awaySince !== null) {
      setProblem({ field: null, message: t`The server does not answer. Nothing was lost: try again when it is back.` });
      return Promise.resolve(null);
    }
    return new Promise((resolve) => {
      commit({
        variables,
        onCompleted: (response) => {
          const payloads = Object.values(response as Record<string, unknown>);
          const isStale = payloads.some((payload) => typeOf(payload) === 'FreshSignInNeededRejection');
          if (isStale && !isSecond) {
            // The same input with the same key: the server has not looked at it yet.
            void proveAnew().then((isProved) => (isProved ? run(variables, true) : null)).then(resolve);
            return;
          }
          const rejection = payloads.map(rejectionIn).find(Boolean) ?? null;
          const isNothing = payloads.every((payload) => payload === null || payload === undefined);
          if (rejection || isNothing) {
            setProblem(rejection ?? { field: null, message: unknown });
            resolve(null);
          } else {
            bump();
            resolve(response);
          }
        },
        onError: (error) => {
          setProblem(problemOfError(error, unknown));
          resolve(null);
        },
      });
    });
  }

  return {
    run: (variables) => run(variables),
    isBusy,
    problem,
    at: (field) => (problem?.field === field ? problem.message : undefined),
    over: (...fields) =>
      problem && (problem.field === null || !fields.includes(problem.field)) ? problem.message : undefined,
    clear: () => setProblem(null),
  };
}

function typeOf(payload: unknown): string | undefined {
  return (payload as { __typename?: string } | null)?.__typename;
}

// Sends a mutation whose answer has a secret. The store keeps every answer that goes through it, so this one does not.

import { getRequest, type GraphQLTaggedNode, type IEnvironment, type MutationParameters } from 'relay-runtime';

export async function sendApart<M extends MutationParameters>(
  environment: IEnvironment,
  mutation: GraphQLTaggedNode,
  variables: M['variables'],
): Promise<M['response']> {
  const { params } = getRequest(mutation);
  const answer = await environment.getNetwork().execute(params, variables, { force: true }).toPromise();
  const { data } = (Array.isArray(answer) ? answer[0] : answer) as { data?: M['response'] };
  return data ?? {};
}

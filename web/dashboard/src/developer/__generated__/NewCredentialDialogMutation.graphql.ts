/**
 * @generated SignedSource<<988a69729d72d7e19498df3a312fbba3>>
 * @relayHash 965ed4db47d5762131b8e58343597701
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 75df28daa741c185490c73feaa97e1e81da034f770baf2ceeb2bc75c7c3da8b2

import { ConcreteRequest } from 'relay-runtime';
export type CreateCredentialInput = {
  idempotencyKey?: string | null | undefined;
  label: string;
  permissions: ReadonlyArray<string>;
  tagLimits?: ReadonlyArray<string> | null | undefined;
};
export type NewCredentialDialogMutation$variables = {
  input: CreateCredentialInput;
};
export type NewCredentialDialogMutation$data = {
  readonly createCredential: {
    readonly __typename: string;
    readonly apiKey?: string;
    readonly clientId?: string;
    readonly clientSecret?: string;
    readonly message?: string;
  } | null | undefined;
};
export type NewCredentialDialogMutation = {
  response: NewCredentialDialogMutation$data;
  variables: NewCredentialDialogMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": null,
    "kind": "LinkedField",
    "name": "createCredential",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__typename",
        "storageKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "clientId",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "clientSecret",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "apiKey",
            "storageKey": null
          }
        ],
        "type": "CreateCredentialSuccessPayload",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "message",
            "storageKey": null
          }
        ],
        "type": "Rejection",
        "abstractKey": "__isRejection"
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "NewCredentialDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "NewCredentialDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "75df28daa741c185490c73feaa97e1e81da034f770baf2ceeb2bc75c7c3da8b2",
    "metadata": {},
    "name": "NewCredentialDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "05726c8cfc732a4797aa6c3bc69dc03f";

export default node;

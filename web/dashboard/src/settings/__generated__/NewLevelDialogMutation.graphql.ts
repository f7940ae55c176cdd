/**
 * @generated SignedSource<<85ede8b45276b3c1a2d1df7112df27e9>>
 * @relayHash ba305a6a32787f0c9812d346fc9dcd07
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 5876f1dec54ce87caa0d5c4888763ff40da1a07c6da292c9c13203f19f69c5b6

import { ConcreteRequest } from 'relay-runtime';
export type CreateVerificationLevelInput = {
  idempotencyKey?: string | null | undefined;
  index?: number | null | undefined;
  name: string;
};
export type NewLevelDialogMutation$variables = {
  input: CreateVerificationLevelInput;
};
export type NewLevelDialogMutation$data = {
  readonly createVerificationLevel: {
    readonly __typename: string;
    readonly message?: string;
    readonly verificationLevel?: {
      readonly id: string;
    } | null | undefined;
  } | null | undefined;
};
export type NewLevelDialogMutation = {
  response: NewLevelDialogMutation$data;
  variables: NewLevelDialogMutation$variables;
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
    "name": "createVerificationLevel",
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
            "concreteType": "VerificationLevel",
            "kind": "LinkedField",
            "name": "verificationLevel",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "id",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "type": "CreateVerificationLevelSuccessPayload",
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
    "name": "NewLevelDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "NewLevelDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "5876f1dec54ce87caa0d5c4888763ff40da1a07c6da292c9c13203f19f69c5b6",
    "metadata": {},
    "name": "NewLevelDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "670b1b0d574b75b8210c585072f3abe6";

export default node;

/**
 * @generated SignedSource<<28d6c3588be2259c6c9a89b9ee05de21>>
 * @relayHash 628e58054afc814b77402da63c0ff52b
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 4eec1c9d604aa9facb0e5757c7c589a4b62b081e9363e16279c8acaf8fce0847

import { ConcreteRequest } from 'relay-runtime';
export type VerificationSessionStatus = "InProgress" | "Pending" | "Successful" | "Suspected" | "%future added value";
export type CompleteVerificationSessionInput = {
  sessionId: string;
  status: VerificationSessionStatus;
};
export type CompleteSessionDialogMutation$variables = {
  input: CompleteVerificationSessionInput;
};
export type CompleteSessionDialogMutation$data = {
  readonly completeVerificationSession: {
    readonly __typename: string;
    readonly message?: string;
    readonly verificationSession?: {
      readonly id: string;
      readonly status: VerificationSessionStatus;
      readonly updatedAt: string;
    } | null | undefined;
  } | null | undefined;
};
export type CompleteSessionDialogMutation = {
  response: CompleteSessionDialogMutation$data;
  variables: CompleteSessionDialogMutation$variables;
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
    "name": "completeVerificationSession",
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
            "concreteType": "VerificationSession",
            "kind": "LinkedField",
            "name": "verificationSession",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "id",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "status",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "updatedAt",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "type": "CompleteVerificationSessionSuccessPayload",
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
    "name": "CompleteSessionDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "CompleteSessionDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "4eec1c9d604aa9facb0e5757c7c589a4b62b081e9363e16279c8acaf8fce0847",
    "metadata": {},
    "name": "CompleteSessionDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "8a604e8365cc6945d9981f0fd4b3c3a0";

export default node;

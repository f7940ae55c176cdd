/**
 * @generated SignedSource<<d37467b4b2cbef22cca482996a1b6264>>
 * @relayHash 6ead824a801c55ee78c68bda55f62bca
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID b36d550e89320693f83929d486982d5a33ee703cc6a39f0974ee527007e0817b

import { ConcreteRequest } from 'relay-runtime';
export type RetentionDataClass = "DocumentFields" | "DocumentImages" | "ProofingImages" | "ResultData" | "SessionMetadata" | "%future added value";
export type SetRetentionPolicyInput = {
  dataClass: RetentionDataClass;
  days?: number | null | undefined;
};
export type RetentionDialogMutation$variables = {
  input: SetRetentionPolicyInput;
};
export type RetentionDialogMutation$data = {
  readonly setRetentionPolicy: {
    readonly __typename: string;
    readonly message?: string;
    readonly retentionPolicies?: ReadonlyArray<{
      readonly dataClass: RetentionDataClass;
      readonly days: number;
    }> | null | undefined;
  } | null | undefined;
};
export type RetentionDialogMutation = {
  response: RetentionDialogMutation$data;
  variables: RetentionDialogMutation$variables;
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
    "name": "setRetentionPolicy",
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
            "concreteType": "RetentionPolicy",
            "kind": "LinkedField",
            "name": "retentionPolicies",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "dataClass",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "days",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "type": "SetRetentionPolicySuccessPayload",
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
    "name": "RetentionDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "RetentionDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "b36d550e89320693f83929d486982d5a33ee703cc6a39f0974ee527007e0817b",
    "metadata": {},
    "name": "RetentionDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "574b91af04af5c69cc647daab1f6a64c";

export default node;

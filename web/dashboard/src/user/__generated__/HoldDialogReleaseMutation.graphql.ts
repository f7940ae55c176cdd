/**
 * @generated SignedSource<<0521a2c9c7180b06d0c3f63836d244cb>>
 * @relayHash 4d4f8c403032c8280542ff9eb97a4d8d
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID a518e43626dd4a46f3cdec694513949f586f8d78b7643b02ace3d3bd24c0a473

import { ConcreteRequest } from 'relay-runtime';
export type UserStatus = "Active" | "Deactivated" | "Erased" | "Restricted" | "%future added value";
export type ReleaseLegalHoldInput = {
  userId: string;
};
export type HoldDialogReleaseMutation$variables = {
  input: ReleaseLegalHoldInput;
};
export type HoldDialogReleaseMutation$data = {
  readonly releaseLegalHold: {
    readonly __typename: string;
    readonly message?: string;
    readonly user?: {
      readonly id: string;
      readonly legalHoldReason: string | null | undefined;
      readonly status: UserStatus;
    } | null | undefined;
  } | null | undefined;
};
export type HoldDialogReleaseMutation = {
  response: HoldDialogReleaseMutation$data;
  variables: HoldDialogReleaseMutation$variables;
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
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "__typename",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v4 = {
  "kind": "InlineFragment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "User",
      "kind": "LinkedField",
      "name": "user",
      "plural": false,
      "selections": [
        (v3/*:: as any*/),
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
          "name": "legalHoldReason",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "ReleaseLegalHoldSuccessPayload",
  "abstractKey": null
},
v5 = {
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
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "HoldDialogReleaseMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "releaseLegalHold",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "HoldDialogReleaseMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "releaseLegalHold",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v3/*:: as any*/)
            ],
            "type": "UserNotFoundRejection",
            "abstractKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "a518e43626dd4a46f3cdec694513949f586f8d78b7643b02ace3d3bd24c0a473",
    "metadata": {},
    "name": "HoldDialogReleaseMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "b442842824e78b8865f5095ea18f8941";

export default node;

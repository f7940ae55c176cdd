/**
 * @generated SignedSource<<97f1153e12900fb4f3c036178f7eb8d5>>
 * @relayHash d4519298c456f2111cee20ad59111c83
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 377496fc25606d41fb4cb09a759e9d3ca55d216e6bde8eeed30dd4027291c7b3

import { ConcreteRequest } from 'relay-runtime';
export type GrantVerificationLevelInput = {
  idempotencyKey?: string | null | undefined;
  levelId: string;
  reason: string;
  userId: string;
};
export type GrantDialogMutation$variables = {
  input: GrantVerificationLevelInput;
};
export type GrantDialogMutation$data = {
  readonly grantVerificationLevel: {
    readonly __typename: string;
    readonly message?: string;
    readonly verification?: {
      readonly id: string;
    } | null | undefined;
  } | null | undefined;
};
export type GrantDialogMutation = {
  response: GrantDialogMutation$data;
  variables: GrantDialogMutation$variables;
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
v3 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "id",
    "storageKey": null
  }
],
v4 = {
  "kind": "InlineFragment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "Verification",
      "kind": "LinkedField",
      "name": "verification",
      "plural": false,
      "selections": (v3/*:: as any*/),
      "storageKey": null
    }
  ],
  "type": "GrantVerificationLevelSuccessPayload",
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
    "name": "GrantDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "grantVerificationLevel",
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
    "name": "GrantDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "grantVerificationLevel",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": (v3/*:: as any*/),
            "type": "UserNotFoundRejection",
            "abstractKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "377496fc25606d41fb4cb09a759e9d3ca55d216e6bde8eeed30dd4027291c7b3",
    "metadata": {},
    "name": "GrantDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "51acb089bc2c9b3797bfad0caca810aa";

export default node;

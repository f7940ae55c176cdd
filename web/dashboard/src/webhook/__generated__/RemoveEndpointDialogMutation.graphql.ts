/**
 * @generated SignedSource<<5efb4e0e22c4b474b68255f12c86183a>>
 * @relayHash 3ff709fbf3d30b7d21cedfeb11e0aada
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 924f3ae97293147ce2407903cebe3c67b18d8094ab34801477b33c58ed523da4

import { ConcreteRequest } from 'relay-runtime';
export type RemoveWebhookSubscriptionInput = {
  id: string;
};
export type RemoveEndpointDialogMutation$variables = {
  input: RemoveWebhookSubscriptionInput;
};
export type RemoveEndpointDialogMutation$data = {
  readonly removeWebhookSubscription: {
    readonly __typename: string;
    readonly message?: string;
    readonly webhookSubscriptionId?: string;
  } | null | undefined;
};
export type RemoveEndpointDialogMutation = {
  response: RemoveEndpointDialogMutation$data;
  variables: RemoveEndpointDialogMutation$variables;
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
  "name": "webhookSubscriptionId",
  "storageKey": null
},
v4 = {
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
    "name": "RemoveEndpointDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "removeWebhookSubscription",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v3/*:: as any*/)
            ],
            "type": "RemoveWebhookSubscriptionSuccessPayload",
            "abstractKey": null
          },
          (v4/*:: as any*/)
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
    "name": "RemoveEndpointDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "removeWebhookSubscription",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v3/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "filters": null,
                "handle": "deleteRecord",
                "key": "",
                "kind": "ScalarHandle",
                "name": "webhookSubscriptionId"
              }
            ],
            "type": "RemoveWebhookSubscriptionSuccessPayload",
            "abstractKey": null
          },
          (v4/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "924f3ae97293147ce2407903cebe3c67b18d8094ab34801477b33c58ed523da4",
    "metadata": {},
    "name": "RemoveEndpointDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "22d52b88d58473e369fa2da4685b2769";

export default node;

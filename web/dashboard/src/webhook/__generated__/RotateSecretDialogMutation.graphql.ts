/**
 * @generated SignedSource<<e2ef6f81fb02f9fe631c862752c5c720>>
 * @relayHash 50af375042eac1146290c12d8a2638b5
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 92e80b134dbd4a5414d5507e7f7cb03e9c0074f466783c26859b85c41dc327b3

import { ConcreteRequest } from 'relay-runtime';
export type WebhookSubscriptionStatus = "Active" | "Broken" | "Disabled" | "%future added value";
export type UpdateWebhookSubscriptionInput = {
  endpoint?: string | null | undefined;
  eventTypes?: ReadonlyArray<string> | null | undefined;
  id: string;
  label?: string | null | undefined;
  rotateSecret?: boolean | null | undefined;
  secret?: string | null | undefined;
  status?: WebhookSubscriptionStatus | null | undefined;
};
export type RotateSecretDialogMutation$variables = {
  input: UpdateWebhookSubscriptionInput;
};
export type RotateSecretDialogMutation$data = {
  readonly updateWebhookSubscription: {
    readonly __typename: string;
    readonly message?: string;
    readonly secret?: string | null | undefined;
  } | null | undefined;
};
export type RotateSecretDialogMutation = {
  response: RotateSecretDialogMutation$data;
  variables: RotateSecretDialogMutation$variables;
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
    "name": "updateWebhookSubscription",
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
            "name": "secret",
            "storageKey": null
          }
        ],
        "type": "WebhookSubscriptionSuccessPayload",
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
    "name": "RotateSecretDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "RotateSecretDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "92e80b134dbd4a5414d5507e7f7cb03e9c0074f466783c26859b85c41dc327b3",
    "metadata": {},
    "name": "RotateSecretDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "438d4a833414a96177d53880cac4597c";

export default node;

/**
 * @generated SignedSource<<9fb44233aec558d6bc68b91a2c0336d1>>
 * @relayHash 56518d9849c8556f0b282081bdb0d54b
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID a875daddcda2be62dfcaa821556f4ae7bfe63d2116d9eb0c6cd221ce75c8d30c

import { ConcreteRequest } from 'relay-runtime';
export type WebhookBodyKind = "EVENT" | "RESULT" | "SESSION" | "%future added value";
export type WebhookSubscriptionStatus = "Active" | "Broken" | "Disabled" | "%future added value";
export type AddWebhookSubscriptionInput = {
  bodyKind?: WebhookBodyKind | null | undefined;
  endpoint: string;
  eventTypes: ReadonlyArray<string>;
  idempotencyKey?: string | null | undefined;
  label: string;
  secret?: string | null | undefined;
  status?: WebhookSubscriptionStatus | null | undefined;
};
export type NewEndpointDialogMutation$variables = {
  input: AddWebhookSubscriptionInput;
};
export type NewEndpointDialogMutation$data = {
  readonly addWebhookSubscription: {
    readonly __typename: string;
    readonly message?: string;
    readonly secret?: string | null | undefined;
  } | null | undefined;
};
export type NewEndpointDialogMutation = {
  response: NewEndpointDialogMutation$data;
  variables: NewEndpointDialogMutation$variables;
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
    "name": "addWebhookSubscription",
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
    "name": "NewEndpointDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "NewEndpointDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "a875daddcda2be62dfcaa821556f4ae7bfe63d2116d9eb0c6cd221ce75c8d30c",
    "metadata": {},
    "name": "NewEndpointDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "c5b4d225c612a924b7322cf17051f790";

export default node;

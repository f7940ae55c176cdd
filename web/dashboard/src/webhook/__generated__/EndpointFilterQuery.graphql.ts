/**
 * @generated SignedSource<<c940db46cf615dcf2ac1ea4fad27f0ad>>
 * @relayHash 72e45d90ba486b17413b947a7e3261e9
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 6119f05537853fadfeee32bfa85eb64910c0ae4f69063a7ad6ad57654eb54c75

import { ConcreteRequest } from 'relay-runtime';
export type EndpointFilterQuery$variables = Record<PropertyKey, never>;
export type EndpointFilterQuery$data = {
  readonly webhookSubscriptions: {
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly label: string;
      };
    }>;
  } | null | undefined;
};
export type EndpointFilterQuery = {
  response: EndpointFilterQuery$data;
  variables: EndpointFilterQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Literal",
        "name": "first",
        "value": 100
      }
    ],
    "concreteType": "WebhookSubscriptionConnection",
    "kind": "LinkedField",
    "name": "webhookSubscriptions",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "WebhookSubscriptionEdge",
        "kind": "LinkedField",
        "name": "edges",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "WebhookSubscription",
            "kind": "LinkedField",
            "name": "node",
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
                "name": "label",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": "webhookSubscriptions(first:100)"
  }
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "EndpointFilterQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "EndpointFilterQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "6119f05537853fadfeee32bfa85eb64910c0ae4f69063a7ad6ad57654eb54c75",
    "metadata": {},
    "name": "EndpointFilterQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "9ac56bd29febd4874decbdd6e088f589";

export default node;

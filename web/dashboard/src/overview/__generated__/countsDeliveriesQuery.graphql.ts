/**
 * @generated SignedSource<<04202062e6400a589014e8ea80a1fa4f>>
 * @relayHash 5345a8dbb6be0de9d24515bad155ef89
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 8a83e1b2d9a2a3661999c98b2da3f728f14b2c216ee21e0908f691786350a925

import { ConcreteRequest } from 'relay-runtime';
export type WebhookEventLogStatus = "Delivered" | "Failed" | "Pending" | "%future added value";
export type WebhookEventLogFiltersInput = {
  eventId?: string | null | undefined;
  eventTypes?: ReadonlyArray<string> | null | undefined;
  resourceId?: string | null | undefined;
  statuses?: ReadonlyArray<WebhookEventLogStatus> | null | undefined;
  subscriptionId?: string | null | undefined;
};
export type countsDeliveriesQuery$variables = {
  filters?: WebhookEventLogFiltersInput | null | undefined;
};
export type countsDeliveriesQuery$data = {
  readonly webhookEventLogs: {
    readonly totalCount: number;
  } | null | undefined;
};
export type countsDeliveriesQuery = {
  response: countsDeliveriesQuery$data;
  variables: countsDeliveriesQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "filters"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "filters",
        "variableName": "filters"
      }
    ],
    "concreteType": "WebhookEventLogConnection",
    "kind": "LinkedField",
    "name": "webhookEventLogs",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "totalCount",
        "storageKey": null
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
    "name": "countsDeliveriesQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "countsDeliveriesQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "8a83e1b2d9a2a3661999c98b2da3f728f14b2c216ee21e0908f691786350a925",
    "metadata": {},
    "name": "countsDeliveriesQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "177917c096ed8d7aaadf86c58af69b6d";

export default node;

/**
 * @generated SignedSource<<7099b18f8275734ff9dd173e0278382a>>
 * @relayHash ba5e412bad5f4a0cca425eba67b0132a
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 4572254e770692a3d1f4a94bb119f55008bb5345bef1989b482da45be91386a8

import { ConcreteRequest } from 'relay-runtime';
export type WebhookEventLogStatus = "Delivered" | "Failed" | "Pending" | "%future added value";
export type WebhookEventLogFiltersInput = {
  eventId?: string | null | undefined;
  eventTypes?: ReadonlyArray<string> | null | undefined;
  resourceId?: string | null | undefined;
  statuses?: ReadonlyArray<WebhookEventLogStatus> | null | undefined;
  subscriptionId?: string | null | undefined;
};
export type DeliveriesPageTotalQuery$variables = {
  filters?: WebhookEventLogFiltersInput | null | undefined;
};
export type DeliveriesPageTotalQuery$data = {
  readonly webhookEventLogs: {
    readonly totalCount: number;
  } | null | undefined;
};
export type DeliveriesPageTotalQuery = {
  response: DeliveriesPageTotalQuery$data;
  variables: DeliveriesPageTotalQuery$variables;
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
    "name": "DeliveriesPageTotalQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "DeliveriesPageTotalQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "4572254e770692a3d1f4a94bb119f55008bb5345bef1989b482da45be91386a8",
    "metadata": {},
    "name": "DeliveriesPageTotalQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "dcf70e1d872a5316e29f7d8d7f13f526";

export default node;

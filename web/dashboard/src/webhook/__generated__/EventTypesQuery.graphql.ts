/**
 * @generated SignedSource<<5a1195c77519eaab6705335ed25b44a8>>
 * @relayHash 1eb52ab46e67f1daf4dd9e7ea3bd038b
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 24576a6508f0512092c600a196dcc09f548d764797a99c682da237360205557a

import { ConcreteRequest } from 'relay-runtime';
export type EventTypesQuery$variables = Record<PropertyKey, never>;
export type EventTypesQuery$data = {
  readonly webhookEventTypes: ReadonlyArray<string> | null | undefined;
};
export type EventTypesQuery = {
  response: EventTypesQuery$data;
  variables: EventTypesQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "webhookEventTypes",
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "EventTypesQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "EventTypesQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "24576a6508f0512092c600a196dcc09f548d764797a99c682da237360205557a",
    "metadata": {},
    "name": "EventTypesQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "6c9d4a3dc2d2b5d4a1e5edc89f3cb96e";

export default node;

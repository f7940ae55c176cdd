/**
 * @generated SignedSource<<1bf9f8629cf8ac38d3e1d2675fb39784>>
 * @relayHash 8c0a242a1260449e98d99cc0df09664a
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 613c374ce685d47e1dd5cde254f01382065078fb5766c6fb6dcb093bdb25b587

import { ConcreteRequest } from 'relay-runtime';
export type ClockCardQuery$variables = Record<PropertyKey, never>;
export type ClockCardQuery$data = {
  readonly sandboxClock: {
    readonly ahead: string;
    readonly now: string;
  } | null | undefined;
};
export type ClockCardQuery = {
  response: ClockCardQuery$data;
  variables: ClockCardQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "SandboxClock",
    "kind": "LinkedField",
    "name": "sandboxClock",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "now",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "ahead",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "ClockCardQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "ClockCardQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "613c374ce685d47e1dd5cde254f01382065078fb5766c6fb6dcb093bdb25b587",
    "metadata": {},
    "name": "ClockCardQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "57f0e6474f5199d575f58ea5270654f3";

export default node;

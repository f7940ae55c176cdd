/**
 * @generated SignedSource<<70ae0add3c44b079ce9cee756ad521d7>>
 * @relayHash 2df6ca2559453a66248446a6c3012f65
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 13e4762f5276d78af115a70bd7e1293b9e7dbe20619a70f1ecc990cd70f73b9b

import { ConcreteRequest } from 'relay-runtime';
export type OverviewPageQuery$variables = Record<PropertyKey, never>;
export type OverviewPageQuery$data = {
  readonly sandboxClock: {
    readonly now: string;
  } | null | undefined;
};
export type OverviewPageQuery = {
  response: OverviewPageQuery$data;
  variables: OverviewPageQuery$variables;
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
    "name": "OverviewPageQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "OverviewPageQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "13e4762f5276d78af115a70bd7e1293b9e7dbe20619a70f1ecc990cd70f73b9b",
    "metadata": {},
    "name": "OverviewPageQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "003d80fe67e3b2ae049d184bcd3feff7";

export default node;

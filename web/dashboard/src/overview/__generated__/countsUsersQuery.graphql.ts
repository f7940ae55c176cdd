/**
 * @generated SignedSource<<64c5c3bdb8eeb018b64490f22ae5bc2e>>
 * @relayHash d4d6056b2c9847dc21a2257f8d04a45e
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 4aeed6b64fbaa6a07d89b71838625e2eb409dbabecd2d14adad1de714ab7c11c

import { ConcreteRequest } from 'relay-runtime';
export type countsUsersQuery$variables = Record<PropertyKey, never>;
export type countsUsersQuery$data = {
  readonly users: {
    readonly totalCount: number;
  } | null | undefined;
};
export type countsUsersQuery = {
  response: countsUsersQuery$data;
  variables: countsUsersQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "UserConnection",
    "kind": "LinkedField",
    "name": "users",
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
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "countsUsersQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "countsUsersQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "4aeed6b64fbaa6a07d89b71838625e2eb409dbabecd2d14adad1de714ab7c11c",
    "metadata": {},
    "name": "countsUsersQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "b78b5b0e7ac3e08ae23064abc5de8548";

export default node;

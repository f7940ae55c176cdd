/**
 * @generated SignedSource<<4b8fd3fea5c138da03f7d0956420d47d>>
 * @relayHash 145c068c96a6436511460e8a130e73b4
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 0e91133ecf6385e37439810d12d1cf23b3292f2e64278188c3d4dc827357ed5e

import { ConcreteRequest } from 'relay-runtime';
export type NewCredentialDialogQuery$variables = Record<PropertyKey, never>;
export type NewCredentialDialogQuery$data = {
  readonly permissions: ReadonlyArray<{
    readonly description: string;
    readonly goesWithTagLimits: boolean;
    readonly name: string;
  }>;
};
export type NewCredentialDialogQuery = {
  response: NewCredentialDialogQuery$data;
  variables: NewCredentialDialogQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "PermissionInfo",
    "kind": "LinkedField",
    "name": "permissions",
    "plural": true,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "name",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "description",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "goesWithTagLimits",
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
    "name": "NewCredentialDialogQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "NewCredentialDialogQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "0e91133ecf6385e37439810d12d1cf23b3292f2e64278188c3d4dc827357ed5e",
    "metadata": {},
    "name": "NewCredentialDialogQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "335800e0a10a7f0e7fb2536f0fde2463";

export default node;

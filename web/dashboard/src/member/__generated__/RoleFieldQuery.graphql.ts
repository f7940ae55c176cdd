/**
 * @generated SignedSource<<659b623b1cb2df5e6be88956eb9cc48d>>
 * @relayHash 2b7757468525c37030b8a45ec6290cde
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 8d39f3c1f5e9c59271208af26da210feb4f231e37fbc4787696394bc705be0a4

import { ConcreteRequest } from 'relay-runtime';
export type BuiltInRole = "ADMIN" | "AUDITOR" | "DEVELOPER" | "OWNER" | "REVIEWER" | "SUPPORT" | "%future added value";
export type RoleFieldQuery$variables = Record<PropertyKey, never>;
export type RoleFieldQuery$data = {
  readonly roles: ReadonlyArray<{
    readonly builtIn: BuiltInRole | null | undefined;
    readonly id: string;
    readonly name: string;
    readonly permissions: ReadonlyArray<string>;
  }> | null | undefined;
};
export type RoleFieldQuery = {
  response: RoleFieldQuery$data;
  variables: RoleFieldQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "Role",
    "kind": "LinkedField",
    "name": "roles",
    "plural": true,
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
        "name": "name",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "builtIn",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "permissions",
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
    "name": "RoleFieldQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "RoleFieldQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "8d39f3c1f5e9c59271208af26da210feb4f231e37fbc4787696394bc705be0a4",
    "metadata": {},
    "name": "RoleFieldQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "a9dd9188ee5443b2f8549b6eeb694cac";

export default node;

/**
 * @generated SignedSource<<2d3498f894603da3822cbe4f3f642ef7>>
 * @relayHash 1c119dfdfd1d41d2221125d6c71b6777
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID c389b54a51e519da14a995f74d93acc3cfe51c627eede7df61f08659ae95f2a4

import { ConcreteRequest } from 'relay-runtime';
export type BuiltInRole = "ADMIN" | "AUDITOR" | "DEVELOPER" | "OWNER" | "REVIEWER" | "SUPPORT" | "%future added value";
export type RolesPageQuery$variables = Record<PropertyKey, never>;
export type RolesPageQuery$data = {
  readonly permissions: ReadonlyArray<{
    readonly description: string;
    readonly goesWithTagLimits: boolean;
    readonly name: string;
  }>;
  readonly roles: ReadonlyArray<{
    readonly builtIn: BuiltInRole | null | undefined;
    readonly id: string;
    readonly isMasked: boolean;
    readonly memberCount: number;
    readonly name: string;
    readonly permissions: ReadonlyArray<string>;
  }> | null | undefined;
};
export type RolesPageQuery = {
  response: RolesPageQuery$data;
  variables: RolesPageQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v1 = [
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
      (v0/*:: as any*/),
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
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "isMasked",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "memberCount",
        "storageKey": null
      }
    ],
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "concreteType": "PermissionInfo",
    "kind": "LinkedField",
    "name": "permissions",
    "plural": true,
    "selections": [
      (v0/*:: as any*/),
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
    "name": "RolesPageQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "RolesPageQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "c389b54a51e519da14a995f74d93acc3cfe51c627eede7df61f08659ae95f2a4",
    "metadata": {},
    "name": "RolesPageQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "21b2b36e06a33db2615b96392b966ba2";

export default node;

/**
 * @generated SignedSource<<0dadd36f3373742e5bcd5fb4f99b3f70>>
 * @relayHash 8ed7a1fd9e65067983e760780b184f6a
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 64a13326e74d6bce8cdaeed5026b3b4cfba7d67c38a8e65a74a2da4919e8bfec

import { ConcreteRequest } from 'relay-runtime';
export type BuiltInRole = "ADMIN" | "AUDITOR" | "DEVELOPER" | "OWNER" | "REVIEWER" | "SUPPORT" | "%future added value";
export type InvitationsQuery$variables = Record<PropertyKey, never>;
export type InvitationsQuery$data = {
  readonly invitations: ReadonlyArray<{
    readonly createdAt: string;
    readonly email: string | null | undefined;
    readonly expiresAt: string;
    readonly id: string;
    readonly role: {
      readonly builtIn: BuiltInRole | null | undefined;
      readonly id: string;
      readonly name: string;
    } | null | undefined;
    readonly tagLimits: ReadonlyArray<string> | null | undefined;
  }> | null | undefined;
};
export type InvitationsQuery = {
  response: InvitationsQuery$data;
  variables: InvitationsQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v1 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "Invitation",
    "kind": "LinkedField",
    "name": "invitations",
    "plural": true,
    "selections": [
      (v0/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "email",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "tagLimits",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "createdAt",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "expiresAt",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Role",
        "kind": "LinkedField",
        "name": "role",
        "plural": false,
        "selections": [
          (v0/*:: as any*/),
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
          }
        ],
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
    "name": "InvitationsQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "InvitationsQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "64a13326e74d6bce8cdaeed5026b3b4cfba7d67c38a8e65a74a2da4919e8bfec",
    "metadata": {},
    "name": "InvitationsQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "dad713b18c24e470ed82f2f2fc317669";

export default node;

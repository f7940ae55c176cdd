/**
 * @generated SignedSource<<2f47fec052c641c0cc4bb516976192a6>>
 * @relayHash d0dbad06453f4b84b66d8e087442fa10
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 6856b3031d7eb85f58a5b65c1c980fa6ea32520063710f43a720a1b5506505be

import { ConcreteRequest } from 'relay-runtime';
export type IdentificationLevel = "expert" | "pvid" | "qes" | "%future added value";
export type LadderPageQuery$variables = Record<PropertyKey, never>;
export type LadderPageQuery$data = {
  readonly grantPolicies: ReadonlyArray<{
    readonly identificationLevel: IdentificationLevel;
    readonly verificationLevel: {
      readonly id: string;
      readonly name: string;
    } | null | undefined;
  }> | null | undefined;
  readonly verificationLevels: ReadonlyArray<{
    readonly createdAt: string;
    readonly id: string;
    readonly index: number;
    readonly name: string;
    readonly number: number;
  }> | null | undefined;
};
export type LadderPageQuery = {
  response: LadderPageQuery$data;
  variables: LadderPageQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v2 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "VerificationLevel",
    "kind": "LinkedField",
    "name": "verificationLevels",
    "plural": true,
    "selections": [
      (v0/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "number",
        "storageKey": null
      },
      (v1/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "index",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "createdAt",
        "storageKey": null
      }
    ],
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "concreteType": "GrantPolicy",
    "kind": "LinkedField",
    "name": "grantPolicies",
    "plural": true,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "identificationLevel",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "VerificationLevel",
        "kind": "LinkedField",
        "name": "verificationLevel",
        "plural": false,
        "selections": [
          (v0/*:: as any*/),
          (v1/*:: as any*/)
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
    "name": "LadderPageQuery",
    "selections": (v2/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "LadderPageQuery",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "id": "6856b3031d7eb85f58a5b65c1c980fa6ea32520063710f43a720a1b5506505be",
    "metadata": {},
    "name": "LadderPageQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "939c74c0ae6bc897ed9a6b08ed27be8c";

export default node;

/**
 * @generated SignedSource<<63dab2d85bdf971f7eb0b532db22e0b5>>
 * @relayHash 3c49495b34ed6e4c47513d1bdeb800e9
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID c033199d79b696453ec31ddf304f4827571036a90ea9fd152e783d84af3519c1

import { ConcreteRequest } from 'relay-runtime';
export type RetentionDataClass = "DocumentFields" | "DocumentImages" | "ProofingImages" | "ResultData" | "SessionMetadata" | "%future added value";
export type RetentionPageQuery$variables = Record<PropertyKey, never>;
export type RetentionPageQuery$data = {
  readonly retentionPolicies: ReadonlyArray<{
    readonly dataClass: RetentionDataClass;
    readonly days: number;
  }> | null | undefined;
};
export type RetentionPageQuery = {
  response: RetentionPageQuery$data;
  variables: RetentionPageQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "RetentionPolicy",
    "kind": "LinkedField",
    "name": "retentionPolicies",
    "plural": true,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "dataClass",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "days",
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
    "name": "RetentionPageQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "RetentionPageQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "c033199d79b696453ec31ddf304f4827571036a90ea9fd152e783d84af3519c1",
    "metadata": {},
    "name": "RetentionPageQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "0aa9c8be02d2a70cc72a74a9182824b2";

export default node;

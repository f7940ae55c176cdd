/**
 * @generated SignedSource<<ddd2385b1191b53d77ba1325330b3861>>
 * @relayHash bb3166b98844f78c17576ed62b737912
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 72170463f86b38e0d6d117013761479366b85a4db8e8ff8d87fc5773904ef1e9

import { ConcreteRequest } from 'relay-runtime';
export type useLadderQuery$variables = Record<PropertyKey, never>;
export type useLadderQuery$data = {
  readonly verificationLevels: ReadonlyArray<{
    readonly id: string;
    readonly index: number;
    readonly name: string;
  }> | null | undefined;
};
export type useLadderQuery = {
  response: useLadderQuery$data;
  variables: useLadderQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "concreteType": "VerificationLevel",
    "kind": "LinkedField",
    "name": "verificationLevels",
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
        "name": "index",
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
    "name": "useLadderQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "useLadderQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "72170463f86b38e0d6d117013761479366b85a4db8e8ff8d87fc5773904ef1e9",
    "metadata": {},
    "name": "useLadderQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "89a4971f56d9d12713cf6abb44adc427";

export default node;

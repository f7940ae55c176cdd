/**
 * @generated SignedSource<<5f7261494ef004c55f5beee21a0e01f7>>
 * @relayHash 44f4c52933a84d24eabb0baf630b31d8
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 4848eebff6efd8dceb33c1243a772735a5f6f2166052f33ba5f0443eccb10d94

import { ConcreteRequest } from 'relay-runtime';
export type VerificationSessionStatus = "InProgress" | "Pending" | "Successful" | "Suspected" | "%future added value";
export type VerificationSessionFiltersInput = {
  refIds?: ReadonlyArray<string> | null | undefined;
  statuses?: ReadonlyArray<VerificationSessionStatus> | null | undefined;
};
export type SessionsPageTotalQuery$variables = {
  filters?: VerificationSessionFiltersInput | null | undefined;
};
export type SessionsPageTotalQuery$data = {
  readonly verificationSessions: {
    readonly totalCount: number;
  } | null | undefined;
};
export type SessionsPageTotalQuery = {
  response: SessionsPageTotalQuery$data;
  variables: SessionsPageTotalQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "filters"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "filters",
        "variableName": "filters"
      }
    ],
    "concreteType": "VerificationSessionConnection",
    "kind": "LinkedField",
    "name": "verificationSessions",
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
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "SessionsPageTotalQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "SessionsPageTotalQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "4848eebff6efd8dceb33c1243a772735a5f6f2166052f33ba5f0443eccb10d94",
    "metadata": {},
    "name": "SessionsPageTotalQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "edd1b2b953eff7b0b61d05b62b73983a";

export default node;

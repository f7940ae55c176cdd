/**
 * @generated SignedSource<<5440d971307ec6b049522ff5fc3427fa>>
 * @relayHash ab7adbd45ddd69cd0bb54efea122d486
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID cf7f28f6e25f74ad303568e7d10310181bdef799c93194e576a48172eb76c9a8

import { ConcreteRequest } from 'relay-runtime';
export type DeviceCheckResult = "ALLOW" | "DENY" | "NONE" | "REVIEW" | "%future added value";
export type DocumentAuthenticationResult = "ATTENTION" | "FAILED" | "NONE" | "PASSED" | "SKIPPED" | "UNKNOWN" | "%future added value";
export type ProofingRequestState = "COMPLETE" | "DEVICE" | "IMAGE" | "INIT" | "%future added value";
export type ProofingRequestFiltersInput = {
  deviceCheckResult?: DeviceCheckResult | null | undefined;
  documentAuthenticationResult?: DocumentAuthenticationResult | null | undefined;
  faceMatch?: boolean | null | undefined;
  requestTime?: DateTimeRangeInput | null | undefined;
  state?: ProofingRequestState | null | undefined;
};
export type DateTimeRangeInput = {
  greaterThan?: string | null | undefined;
  greaterThanOrEqual?: string | null | undefined;
  lessThan?: string | null | undefined;
  lessThanOrEqual?: string | null | undefined;
};
export type ProofingRequestsPageTotalQuery$variables = {
  filters?: ProofingRequestFiltersInput | null | undefined;
};
export type ProofingRequestsPageTotalQuery$data = {
  readonly proofingRequests: {
    readonly totalCount: number;
  } | null | undefined;
};
export type ProofingRequestsPageTotalQuery = {
  response: ProofingRequestsPageTotalQuery$data;
  variables: ProofingRequestsPageTotalQuery$variables;
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
    "concreteType": "ProofingRequestConnection",
    "kind": "LinkedField",
    "name": "proofingRequests",
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
    "name": "ProofingRequestsPageTotalQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "ProofingRequestsPageTotalQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "cf7f28f6e25f74ad303568e7d10310181bdef799c93194e576a48172eb76c9a8",
    "metadata": {},
    "name": "ProofingRequestsPageTotalQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "72095cba715272703870816119995dff";

export default node;

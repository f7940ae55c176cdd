/**
 * @generated SignedSource<<67819e93ba32875fbdc358c51b8a4244>>
 * @relayHash 065944ce947ac9c474d91d4f6b9ebb18
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 0c0b2c447b40fa0dcd237baae76d85b4c0d7c4f386683b2bba687770c955f8c2

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
export type countsRequestsQuery$variables = {
  filters?: ProofingRequestFiltersInput | null | undefined;
};
export type countsRequestsQuery$data = {
  readonly proofingRequests: {
    readonly totalCount: number;
  } | null | undefined;
};
export type countsRequestsQuery = {
  response: countsRequestsQuery$data;
  variables: countsRequestsQuery$variables;
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
    "name": "countsRequestsQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "countsRequestsQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "0c0b2c447b40fa0dcd237baae76d85b4c0d7c4f386683b2bba687770c955f8c2",
    "metadata": {},
    "name": "countsRequestsQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "3a296e55fa182532564268b8fd8700bf";

export default node;

/**
 * @generated SignedSource<<7d3b9162aafd5cfeaa311bf2f541b5e2>>
 * @relayHash 442b57c634b7782984b7f7473dc90ee7
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID cf031750db310e4f2e99f21ffdf2d7fb788be26d168fd2bbf7eb7f22215d0a52

import { ConcreteRequest } from 'relay-runtime';
export type IdentificationLevel = "expert" | "pvid" | "qes" | "%future added value";
export type IdentificationProcess = "Expert" | "PVID" | "QES" | "%future added value";
export type IdentificationStatus = "Canceled" | "Expired" | "Invalid" | "NotStarted" | "NotSupported" | "Pending" | "Started" | "Valid" | "%future added value";
export type IdentificationFiltersInput = {
  levels?: ReadonlyArray<IdentificationLevel> | null | undefined;
  processes?: ReadonlyArray<IdentificationProcess> | null | undefined;
  statuses?: ReadonlyArray<IdentificationStatus> | null | undefined;
};
export type countsIdentificationsQuery$variables = {
  filters?: IdentificationFiltersInput | null | undefined;
};
export type countsIdentificationsQuery$data = {
  readonly identifications: {
    readonly totalCount: number;
  } | null | undefined;
};
export type countsIdentificationsQuery = {
  response: countsIdentificationsQuery$data;
  variables: countsIdentificationsQuery$variables;
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
    "concreteType": "IdentificationConnection",
    "kind": "LinkedField",
    "name": "identifications",
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
    "name": "countsIdentificationsQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "countsIdentificationsQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "cf031750db310e4f2e99f21ffdf2d7fb788be26d168fd2bbf7eb7f22215d0a52",
    "metadata": {},
    "name": "countsIdentificationsQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "a8305396da2f0e70ecb05ee600ad27b4";

export default node;

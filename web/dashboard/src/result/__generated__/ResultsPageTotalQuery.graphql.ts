/**
 * @generated SignedSource<<a738bcc90f2f702e7dc29ead78ac694e>>
 * @relayHash 2225192c5a5f5ee11c39248ae42c1194
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 499359ff22da76f15e4ec110f0b64c4ffd86c89172ce8b44ff7c4a145fd9d09f

import { ConcreteRequest } from 'relay-runtime';
export type VerificationResultStatus = "FAILED" | "STARTED" | "VERIFIED" | "%future added value";
export type VerificationResultFiltersInput = {
  statuses?: ReadonlyArray<VerificationResultStatus> | null | undefined;
};
export type ResultsPageTotalQuery$variables = {
  filters?: VerificationResultFiltersInput | null | undefined;
};
export type ResultsPageTotalQuery$data = {
  readonly verificationResults: {
    readonly totalCount: number;
  } | null | undefined;
};
export type ResultsPageTotalQuery = {
  response: ResultsPageTotalQuery$data;
  variables: ResultsPageTotalQuery$variables;
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
    "concreteType": "VerificationResultConnection",
    "kind": "LinkedField",
    "name": "verificationResults",
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
    "name": "ResultsPageTotalQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "ResultsPageTotalQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "499359ff22da76f15e4ec110f0b64c4ffd86c89172ce8b44ff7c4a145fd9d09f",
    "metadata": {},
    "name": "ResultsPageTotalQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "c4ebcbad9cadd68a80fc9111ea1ef00b";

export default node;

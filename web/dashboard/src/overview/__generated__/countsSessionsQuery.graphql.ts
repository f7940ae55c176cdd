/**
 * @generated SignedSource<<6f6b516e29472f02132db07535754521>>
 * @relayHash 6f6b3f3c3e4c24ccdc65b377c73ddac8
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID c0bf054e96ef32a3ba74cd81947a398908691bc7ddf5ccd0601daa97e0ebbf62

import { ConcreteRequest } from 'relay-runtime';
export type VerificationSessionStatus = "InProgress" | "Pending" | "Successful" | "Suspected" | "%future added value";
export type VerificationSessionFiltersInput = {
  refIds?: ReadonlyArray<string> | null | undefined;
  statuses?: ReadonlyArray<VerificationSessionStatus> | null | undefined;
};
export type countsSessionsQuery$variables = {
  filters?: VerificationSessionFiltersInput | null | undefined;
};
export type countsSessionsQuery$data = {
  readonly verificationSessions: {
    readonly totalCount: number;
  } | null | undefined;
};
export type countsSessionsQuery = {
  response: countsSessionsQuery$data;
  variables: countsSessionsQuery$variables;
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
    "name": "countsSessionsQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "countsSessionsQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "c0bf054e96ef32a3ba74cd81947a398908691bc7ddf5ccd0601daa97e0ebbf62",
    "metadata": {},
    "name": "countsSessionsQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "25ffede08e129a2564ee565394cb552b";

export default node;

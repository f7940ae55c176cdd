/**
 * @generated SignedSource<<d8fa008246caeae0fbd3cb03c0aaacbe>>
 * @relayHash 75ae32870ff44749499a92dac455a3b3
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID b22480eab3da78ddd05705463d2c94f06a2b91d595d492ed4bba39d1cfad83a9

import { ConcreteRequest } from 'relay-runtime';
export type IdentificationLevel = "expert" | "pvid" | "qes" | "%future added value";
export type IdentificationProcess = "Expert" | "PVID" | "QES" | "%future added value";
export type IdentificationStatus = "Canceled" | "Expired" | "Invalid" | "NotStarted" | "NotSupported" | "Pending" | "Started" | "Valid" | "%future added value";
export type IdentificationFiltersInput = {
  levels?: ReadonlyArray<IdentificationLevel> | null | undefined;
  processes?: ReadonlyArray<IdentificationProcess> | null | undefined;
  statuses?: ReadonlyArray<IdentificationStatus> | null | undefined;
};
export type IdentificationsPageTotalQuery$variables = {
  filters?: IdentificationFiltersInput | null | undefined;
};
export type IdentificationsPageTotalQuery$data = {
  readonly identifications: {
    readonly totalCount: number;
  } | null | undefined;
};
export type IdentificationsPageTotalQuery = {
  response: IdentificationsPageTotalQuery$data;
  variables: IdentificationsPageTotalQuery$variables;
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
    "name": "IdentificationsPageTotalQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "IdentificationsPageTotalQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "b22480eab3da78ddd05705463d2c94f06a2b91d595d492ed4bba39d1cfad83a9",
    "metadata": {},
    "name": "IdentificationsPageTotalQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "8a00bf682d18cf2d84d71b50de0ce083";

export default node;

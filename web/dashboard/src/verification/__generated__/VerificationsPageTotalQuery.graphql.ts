/**
 * @generated SignedSource<<4e1ea574aa493272420dcd8ad000f5b8>>
 * @relayHash 1550e23ce70fb99215b47c66c54c48d6
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 13e616bea838b404ac556cf54dfbf46b5d3b6d348322ef09611a962e3854d3d5

import { ConcreteRequest } from 'relay-runtime';
export type VerificationFiltersInput = {
  clientNumber?: number | null | undefined;
  createdAt?: DateTimeRangeInput | null | undefined;
  levelIds?: ReadonlyArray<string> | null | undefined;
  userId?: string | null | undefined;
};
export type DateTimeRangeInput = {
  greaterThan?: string | null | undefined;
  greaterThanOrEqual?: string | null | undefined;
  lessThan?: string | null | undefined;
  lessThanOrEqual?: string | null | undefined;
};
export type VerificationsPageTotalQuery$variables = {
  filters?: VerificationFiltersInput | null | undefined;
};
export type VerificationsPageTotalQuery$data = {
  readonly verifications: {
    readonly totalCount: number;
  } | null | undefined;
};
export type VerificationsPageTotalQuery = {
  response: VerificationsPageTotalQuery$data;
  variables: VerificationsPageTotalQuery$variables;
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
    "concreteType": "VerificationConnection",
    "kind": "LinkedField",
    "name": "verifications",
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
    "name": "VerificationsPageTotalQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "VerificationsPageTotalQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "13e616bea838b404ac556cf54dfbf46b5d3b6d348322ef09611a962e3854d3d5",
    "metadata": {},
    "name": "VerificationsPageTotalQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "197eb694d5a7b264c7bc2cc13493129d";

export default node;

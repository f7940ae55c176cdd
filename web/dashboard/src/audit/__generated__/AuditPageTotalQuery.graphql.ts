/**
 * @generated SignedSource<<fda000a4a3b0ce51cf44aaa32aaa2f01>>
 * @relayHash 289970b7050a46f12f51d0d16d168582
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID fdb185124d3f291444eaf6569f6f7c59d44e64020849411c4bbd7f17f1977b9d

import { ConcreteRequest } from 'relay-runtime';
export type AuditEventFiltersInput = {
  actions?: ReadonlyArray<string> | null | undefined;
  createdAt?: DateTimeRangeInput | null | undefined;
  credentialId?: string | null | undefined;
  resourceId?: string | null | undefined;
  userId?: string | null | undefined;
};
export type DateTimeRangeInput = {
  greaterThan?: string | null | undefined;
  greaterThanOrEqual?: string | null | undefined;
  lessThan?: string | null | undefined;
  lessThanOrEqual?: string | null | undefined;
};
export type AuditPageTotalQuery$variables = {
  filters?: AuditEventFiltersInput | null | undefined;
};
export type AuditPageTotalQuery$data = {
  readonly auditEvents: {
    readonly totalCount: number;
  } | null | undefined;
};
export type AuditPageTotalQuery = {
  response: AuditPageTotalQuery$data;
  variables: AuditPageTotalQuery$variables;
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
    "concreteType": "AuditEventConnection",
    "kind": "LinkedField",
    "name": "auditEvents",
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
    "name": "AuditPageTotalQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "AuditPageTotalQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "fdb185124d3f291444eaf6569f6f7c59d44e64020849411c4bbd7f17f1977b9d",
    "metadata": {},
    "name": "AuditPageTotalQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "a71fea917c80d01d8104cd214b257b57";

export default node;

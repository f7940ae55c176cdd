/**
 * @generated SignedSource<<8c43b6ef10b4c0ec86390fe8cfd7e5a4>>
 * @relayHash f0b54f0146cc2e0f3459d4ef79864918
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID e43a054cea42ce6a8d27fb0a06cf59619fd5fad8b4dfc07472db9fbe4b3677e0

import { ConcreteRequest } from 'relay-runtime';
export type UserStatus = "Active" | "Deactivated" | "Erased" | "Restricted" | "%future added value";
export type UserFiltersInput = {
  mobilePhoneNumbers?: ReadonlyArray<string> | null | undefined;
  refIds?: ReadonlyArray<string> | null | undefined;
  statuses?: ReadonlyArray<UserStatus> | null | undefined;
  tags?: ReadonlyArray<string> | null | undefined;
  verifiedEmails?: ReadonlyArray<string> | null | undefined;
};
export type UsersPageSearchTotalQuery$variables = {
  filters?: UserFiltersInput | null | undefined;
  text: string;
};
export type UsersPageSearchTotalQuery$data = {
  readonly userSearch: {
    readonly users: {
      readonly totalCount: number;
    } | null | undefined;
  } | null | undefined;
};
export type UsersPageSearchTotalQuery = {
  response: UsersPageSearchTotalQuery$data;
  variables: UsersPageSearchTotalQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "filters"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "text"
},
v2 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "filters",
        "variableName": "filters"
      },
      {
        "fields": [
          {
            "kind": "Variable",
            "name": "text",
            "variableName": "text"
          }
        ],
        "kind": "ObjectValue",
        "name": "search"
      }
    ],
    "concreteType": "UserSearch",
    "kind": "LinkedField",
    "name": "userSearch",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "concreteType": "UserConnection",
        "kind": "LinkedField",
        "name": "users",
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
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "UsersPageSearchTotalQuery",
    "selections": (v2/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v1/*:: as any*/),
      (v0/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "UsersPageSearchTotalQuery",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "id": "e43a054cea42ce6a8d27fb0a06cf59619fd5fad8b4dfc07472db9fbe4b3677e0",
    "metadata": {},
    "name": "UsersPageSearchTotalQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "aac69a8a9aa22df744cf1d3e458a92e8";

export default node;

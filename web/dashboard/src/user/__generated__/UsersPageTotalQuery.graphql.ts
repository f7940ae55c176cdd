/**
 * @generated SignedSource<<a13cfcf54910f4ff8500510d8dcfe533>>
 * @relayHash 31936fa7d693ed36e1096732e2baf484
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID e8b9f5b8f20156aced852fb569be21d04ae1eda31901a3ba7b2ea6134d1ec50c

import { ConcreteRequest } from 'relay-runtime';
export type UserStatus = "Active" | "Deactivated" | "Erased" | "Restricted" | "%future added value";
export type UserFiltersInput = {
  mobilePhoneNumbers?: ReadonlyArray<string> | null | undefined;
  refIds?: ReadonlyArray<string> | null | undefined;
  statuses?: ReadonlyArray<UserStatus> | null | undefined;
  tags?: ReadonlyArray<string> | null | undefined;
  verifiedEmails?: ReadonlyArray<string> | null | undefined;
};
export type UsersPageTotalQuery$variables = {
  filters?: UserFiltersInput | null | undefined;
};
export type UsersPageTotalQuery$data = {
  readonly users: {
    readonly totalCount: number;
  } | null | undefined;
};
export type UsersPageTotalQuery = {
  response: UsersPageTotalQuery$data;
  variables: UsersPageTotalQuery$variables;
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
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "UsersPageTotalQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "UsersPageTotalQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "e8b9f5b8f20156aced852fb569be21d04ae1eda31901a3ba7b2ea6134d1ec50c",
    "metadata": {},
    "name": "UsersPageTotalQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "faff33bb5bc84e25708440cebd890ce6";

export default node;

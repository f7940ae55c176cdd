/**
 * @generated SignedSource<<d7e5d636595e73040e99697b39126d28>>
 * @relayHash 06e8f861266b9ff6eae8a0bc84019e91
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID adb3e9863397591f3c9f51ec8fda569333ac018cfd16892a4332d8c9bae49352

import { ConcreteRequest } from 'relay-runtime';
export type CreateRoleInput = {
  isMasked?: boolean;
  name: string;
  permissions: ReadonlyArray<string>;
};
export type RoleDialogCreateMutation$variables = {
  input: CreateRoleInput;
};
export type RoleDialogCreateMutation$data = {
  readonly createRole: {
    readonly __typename: string;
    readonly message?: string;
    readonly role?: {
      readonly id: string;
    } | null | undefined;
  } | null | undefined;
};
export type RoleDialogCreateMutation = {
  response: RoleDialogCreateMutation$data;
  variables: RoleDialogCreateMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": null,
    "kind": "LinkedField",
    "name": "createRole",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__typename",
        "storageKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Role",
            "kind": "LinkedField",
            "name": "role",
            "plural": false,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "id",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "type": "RoleSuccessPayload",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "message",
            "storageKey": null
          }
        ],
        "type": "Rejection",
        "abstractKey": "__isRejection"
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
    "name": "RoleDialogCreateMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "RoleDialogCreateMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "adb3e9863397591f3c9f51ec8fda569333ac018cfd16892a4332d8c9bae49352",
    "metadata": {},
    "name": "RoleDialogCreateMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "7677c38383e395f9d5c306a50cc3873a";

export default node;

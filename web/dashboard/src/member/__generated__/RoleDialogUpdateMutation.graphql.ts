/**
 * @generated SignedSource<<612059d1d8bcf79a3eff4fb4e175ff22>>
 * @relayHash d621dc4d334d68115f2d45d338266618
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 33bca3cd27ce292e926bca75e9872ee2f7bb9e68b77b27b82497b0b5c7b8d049

import { ConcreteRequest } from 'relay-runtime';
export type UpdateRoleInput = {
  isMasked?: boolean | null | undefined;
  name?: string | null | undefined;
  permissions?: ReadonlyArray<string> | null | undefined;
  roleId: string;
};
export type RoleDialogUpdateMutation$variables = {
  input: UpdateRoleInput;
};
export type RoleDialogUpdateMutation$data = {
  readonly updateRole: {
    readonly __typename: string;
    readonly message?: string;
    readonly role?: {
      readonly id: string;
      readonly isMasked: boolean;
      readonly name: string;
      readonly permissions: ReadonlyArray<string>;
    } | null | undefined;
  } | null | undefined;
};
export type RoleDialogUpdateMutation = {
  response: RoleDialogUpdateMutation$data;
  variables: RoleDialogUpdateMutation$variables;
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
    "name": "updateRole",
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
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "name",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "permissions",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "isMasked",
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
    "name": "RoleDialogUpdateMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "RoleDialogUpdateMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "33bca3cd27ce292e926bca75e9872ee2f7bb9e68b77b27b82497b0b5c7b8d049",
    "metadata": {},
    "name": "RoleDialogUpdateMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "fe519692bc5a5627683babed53c6a2bf";

export default node;

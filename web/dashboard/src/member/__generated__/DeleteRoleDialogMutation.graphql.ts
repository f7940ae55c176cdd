/**
 * @generated SignedSource<<41642d91158f28bf48ce06a96b9747af>>
 * @relayHash 2ad44161ac3d4389584b70b114efc0da
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 51489e85b91f50b9189decb132e185d99f8263fe0cb9ce4e920d0e7511dad36c

import { ConcreteRequest } from 'relay-runtime';
export type DeleteRoleInput = {
  roleId: string;
};
export type DeleteRoleDialogMutation$variables = {
  input: DeleteRoleInput;
};
export type DeleteRoleDialogMutation$data = {
  readonly deleteRole: {
    readonly __typename: string;
    readonly message?: string;
  } | null | undefined;
};
export type DeleteRoleDialogMutation = {
  response: DeleteRoleDialogMutation$data;
  variables: DeleteRoleDialogMutation$variables;
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
    "name": "deleteRole",
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
    "name": "DeleteRoleDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "DeleteRoleDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "51489e85b91f50b9189decb132e185d99f8263fe0cb9ce4e920d0e7511dad36c",
    "metadata": {},
    "name": "DeleteRoleDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "e544231df5fe1130ae1f7d1522dae1ca";

export default node;

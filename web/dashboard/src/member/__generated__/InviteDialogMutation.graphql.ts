/**
 * @generated SignedSource<<9be64f6a505d45afd4051d1741641547>>
 * @relayHash 07dd47edd3219f0e59b853ac1c241d4f
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 79d142a5c2b95c7f2e9d6b00c970c15b261de852869a28f2c93ad175e96270a9

import { ConcreteRequest } from 'relay-runtime';
export type InviteMemberInput = {
  days?: number;
  email: string;
  roleId: string;
  tagLimits?: ReadonlyArray<string> | null | undefined;
};
export type InviteDialogMutation$variables = {
  input: InviteMemberInput;
};
export type InviteDialogMutation$data = {
  readonly inviteMember: {
    readonly __typename: string;
    readonly link?: string;
    readonly message?: string;
  } | null | undefined;
};
export type InviteDialogMutation = {
  response: InviteDialogMutation$data;
  variables: InviteDialogMutation$variables;
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
    "name": "inviteMember",
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
            "name": "link",
            "storageKey": null
          }
        ],
        "type": "InviteMemberSuccessPayload",
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
    "name": "InviteDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "InviteDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "79d142a5c2b95c7f2e9d6b00c970c15b261de852869a28f2c93ad175e96270a9",
    "metadata": {},
    "name": "InviteDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "9bb31b710d83acdcc664838e3e528c43";

export default node;

/**
 * @generated SignedSource<<d7d3e0de8abe5845e1446764e7ea7a39>>
 * @relayHash 71caea56b0d3ce3fb6004d1177f07e65
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 86d5e2bc043c53d7e7eb3db39f71154d94fc873de9499efae9730e9218ccb8a4

import { ConcreteRequest } from 'relay-runtime';
export type NotificationChannel = "App" | "Sms" | "%future added value";
export type UserStatus = "Active" | "Deactivated" | "Erased" | "Restricted" | "%future added value";
export type UpdateUserInput = {
  allFirstNames?: string | null | undefined;
  birthCity?: string | null | undefined;
  birthCountry?: string | null | undefined;
  birthDate?: string | null | undefined;
  birthLastName?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  mobilePhoneNumber?: string | null | undefined;
  nationalityCCA3?: string | null | undefined;
  preferredLastName?: string | null | undefined;
  preferredNotificationChannel?: NotificationChannel | null | undefined;
  reactivate?: boolean | null | undefined;
  refId?: string | null | undefined;
  tags?: ReadonlyArray<string> | null | undefined;
  userId: string;
  verifiedEmails?: ReadonlyArray<string> | null | undefined;
};
export type DeactivateDialogReactivateMutation$variables = {
  input: UpdateUserInput;
};
export type DeactivateDialogReactivateMutation$data = {
  readonly updateUser: {
    readonly __typename: string;
    readonly message?: string;
    readonly user?: {
      readonly id: string;
      readonly status: UserStatus;
    } | null | undefined;
  } | null | undefined;
};
export type DeactivateDialogReactivateMutation = {
  response: DeactivateDialogReactivateMutation$data;
  variables: DeactivateDialogReactivateMutation$variables;
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
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "__typename",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v4 = {
  "kind": "InlineFragment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "User",
      "kind": "LinkedField",
      "name": "user",
      "plural": false,
      "selections": [
        (v3/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "status",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "UpdateUserSuccessPayload",
  "abstractKey": null
},
v5 = {
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
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "DeactivateDialogReactivateMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "updateUser",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "DeactivateDialogReactivateMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "updateUser",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v3/*:: as any*/)
            ],
            "type": "UserNotFoundRejection",
            "abstractKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "86d5e2bc043c53d7e7eb3db39f71154d94fc873de9499efae9730e9218ccb8a4",
    "metadata": {},
    "name": "DeactivateDialogReactivateMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "794a54fbf3d4f6d6c5ea022482d7368b";

export default node;

/**
 * @generated SignedSource<<fbc14146f11564c79f318bdb1dbe49b2>>
 * @relayHash 383aa83a00fc44a1b5ec73a3e7fadf94
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 7f9ed01adf08ce27f48b7e330a1820581b26dc5b690e7722142aa4492e8cddfa

import { ConcreteRequest } from 'relay-runtime';
export type NotificationChannel = "App" | "Sms" | "%future added value";
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
export type EditUserDialogMutation$variables = {
  input: UpdateUserInput;
};
export type EditUserDialogMutation$data = {
  readonly updateUser: {
    readonly __typename: string;
    readonly message?: string;
    readonly user?: {
      readonly id: string;
      readonly version: number;
    } | null | undefined;
  } | null | undefined;
};
export type EditUserDialogMutation = {
  response: EditUserDialogMutation$data;
  variables: EditUserDialogMutation$variables;
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
          "name": "version",
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
    "name": "EditUserDialogMutation",
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
    "name": "EditUserDialogMutation",
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
    "id": "7f9ed01adf08ce27f48b7e330a1820581b26dc5b690e7722142aa4492e8cddfa",
    "metadata": {},
    "name": "EditUserDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "2ad6ce5f783e9547dad8b170732dbb4d";

export default node;

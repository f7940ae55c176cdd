/**
 * @generated SignedSource<<4d98697f215243beb64be3e184c16ad4>>
 * @relayHash f45ca3d34231fbdd3ada6d78a677b61f
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 865911bdbfd2f560a59a5bae8a69d4538c3bfba0d1bbabcd33760f124c7d214d

import { ConcreteRequest } from 'relay-runtime';
export type NotificationChannel = "App" | "Sms" | "%future added value";
export type CreateUserInput = {
  allFirstNames?: string | null | undefined;
  birthCity?: string | null | undefined;
  birthCountry?: string | null | undefined;
  birthDate?: string | null | undefined;
  birthLastName?: string | null | undefined;
  firstName?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
  lastName?: string | null | undefined;
  mobilePhoneNumber?: string | null | undefined;
  nationalityCCA3?: string | null | undefined;
  preferredLastName?: string | null | undefined;
  preferredNotificationChannel?: NotificationChannel | null | undefined;
  refId?: string | null | undefined;
  tags?: ReadonlyArray<string> | null | undefined;
  verifiedEmails?: ReadonlyArray<string> | null | undefined;
};
export type NewUserDialogMutation$variables = {
  input: CreateUserInput;
};
export type NewUserDialogMutation$data = {
  readonly createUser: {
    readonly __typename: string;
    readonly message?: string;
    readonly user?: {
      readonly id: string;
    } | null | undefined;
  } | null | undefined;
};
export type NewUserDialogMutation = {
  response: NewUserDialogMutation$data;
  variables: NewUserDialogMutation$variables;
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
    "name": "createUser",
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
            "concreteType": "User",
            "kind": "LinkedField",
            "name": "user",
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
        "type": "CreateUserSuccessPayload",
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
    "name": "NewUserDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "NewUserDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "865911bdbfd2f560a59a5bae8a69d4538c3bfba0d1bbabcd33760f124c7d214d",
    "metadata": {},
    "name": "NewUserDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "c995b194cafdadce59a75429df99221c";

export default node;

/**
 * @generated SignedSource<<e0794c472bc265bb5fd1b13e6cf60b46>>
 * @relayHash 7124755ddf3685b8539117484bbc1c80
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 3dd5c5fdc2099e907956fa0ca14b7a4ae415665045ee13c2a3bb584edca1493b

import { ConcreteRequest } from 'relay-runtime';
export type SandboxHappeningType = "DataErased" | "IdentificationExpired" | "WebhooksSent" | "%future added value";
export type AdvanceSandboxClockInput = {
  by: string;
};
export type ClockCardMutation$variables = {
  input: AdvanceSandboxClockInput;
};
export type ClockCardMutation$data = {
  readonly advanceSandboxClock: {
    readonly __typename: string;
    readonly happenings?: ReadonlyArray<{
      readonly at: string;
      readonly resourceId: string;
      readonly type: SandboxHappeningType;
    }>;
    readonly message?: string;
    readonly remaining?: string;
    readonly to?: string;
  } | null | undefined;
};
export type ClockCardMutation = {
  response: ClockCardMutation$data;
  variables: ClockCardMutation$variables;
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
    "name": "advanceSandboxClock",
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
            "name": "to",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "remaining",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "SandboxHappening",
            "kind": "LinkedField",
            "name": "happenings",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "at",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "type",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "resourceId",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "type": "AdvanceSandboxClockSuccessPayload",
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
    "name": "ClockCardMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "ClockCardMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "3dd5c5fdc2099e907956fa0ca14b7a4ae415665045ee13c2a3bb584edca1493b",
    "metadata": {},
    "name": "ClockCardMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "b4ed433dd1dade20405d9f6941b3e058";

export default node;

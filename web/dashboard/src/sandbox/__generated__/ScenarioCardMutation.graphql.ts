/**
 * @generated SignedSource<<f1d116b0c473bd46a0dfe5203a37c7b3>>
 * @relayHash c6d0dd488219ca78ebe24aaefbc609bc
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 1ebc01e76f28f0f8475fcdddf7cdc2bb918f2e73eb5c99e4ca24709c7a00544f

import { ConcreteRequest } from 'relay-runtime';
export type RunScenarioInput = {
  idempotencyKey?: string | null | undefined;
  scenario: string;
};
export type ScenarioCardMutation$variables = {
  input: RunScenarioInput;
};
export type ScenarioCardMutation$data = {
  readonly runScenario: {
    readonly __typename: string;
    readonly happenings?: ReadonlyArray<{
      readonly after: string;
      readonly isRefused: boolean;
      readonly outcome: string;
      readonly resourceId: string | null | undefined;
      readonly step: number | null | undefined;
      readonly what: string;
    }>;
    readonly message?: string;
    readonly name?: string;
    readonly objects?: ReadonlyArray<{
      readonly id: string;
      readonly name: string;
    }>;
    readonly userId?: string | null | undefined;
  } | null | undefined;
};
export type ScenarioCardMutation = {
  response: ScenarioCardMutation$data;
  variables: ScenarioCardMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v2 = [
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
    "name": "runScenario",
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
          (v1/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "userId",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "ScenarioHappening",
            "kind": "LinkedField",
            "name": "happenings",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "after",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "step",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "what",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "outcome",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "isRefused",
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
          },
          {
            "alias": null,
            "args": null,
            "concreteType": "ScenarioObject",
            "kind": "LinkedField",
            "name": "objects",
            "plural": true,
            "selections": [
              (v1/*:: as any*/),
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
        "type": "RunScenarioSuccessPayload",
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
    "name": "ScenarioCardMutation",
    "selections": (v2/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "ScenarioCardMutation",
    "selections": (v2/*:: as any*/)
  },
  "params": {
    "id": "1ebc01e76f28f0f8475fcdddf7cdc2bb918f2e73eb5c99e4ca24709c7a00544f",
    "metadata": {},
    "name": "ScenarioCardMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "c31bebac3c94a48b37b854de820b0a91";

export default node;

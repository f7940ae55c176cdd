/**
 * @generated SignedSource<<625a233b12ed2a4cbabd3f7d38c4e21e>>
 * @relayHash 9997629eb8e53120bf84d0c826c1e08d
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID eb2139f9aef55b79fab2811716e4443a0c3475f5d5b4ff49a9dd950f8e803dfa

import { ConcreteRequest } from 'relay-runtime';
export type IdentificationLevel = "expert" | "pvid" | "qes" | "%future added value";
export type SetGrantPolicyInput = {
  identificationLevel: IdentificationLevel;
  levelId?: string | null | undefined;
};
export type GrantPolicyDialogMutation$variables = {
  input: SetGrantPolicyInput;
};
export type GrantPolicyDialogMutation$data = {
  readonly setGrantPolicy: {
    readonly __typename: string;
    readonly grantPolicies?: ReadonlyArray<{
      readonly identificationLevel: IdentificationLevel;
      readonly verificationLevel: {
        readonly id: string;
        readonly name: string;
      } | null | undefined;
    }> | null | undefined;
    readonly message?: string;
  } | null | undefined;
};
export type GrantPolicyDialogMutation = {
  response: GrantPolicyDialogMutation$data;
  variables: GrantPolicyDialogMutation$variables;
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
    "name": "setGrantPolicy",
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
            "concreteType": "GrantPolicy",
            "kind": "LinkedField",
            "name": "grantPolicies",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "identificationLevel",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "VerificationLevel",
                "kind": "LinkedField",
                "name": "verificationLevel",
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
                  }
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "type": "SetGrantPolicySuccessPayload",
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
    "name": "GrantPolicyDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "GrantPolicyDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "eb2139f9aef55b79fab2811716e4443a0c3475f5d5b4ff49a9dd950f8e803dfa",
    "metadata": {},
    "name": "GrantPolicyDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "a1cdd4b73af2d40e282e004d5e6ca3eb";

export default node;

/**
 * @generated SignedSource<<c3f21198276b8f43071a3d0074c9dde0>>
 * @relayHash 9de45ab9b3318d6a09d7c1377c07848a
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 5a450adbc5e088dcff741b8328f7b87839d7b94284ac228f3c9aaf171171c32a

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type DocumentAuthenticationResult = "ATTENTION" | "FAILED" | "NONE" | "PASSED" | "SKIPPED" | "UNKNOWN" | "%future added value";
export type CompleteProofingRequestInput = {
  documentAuthenticationResult?: DocumentAuthenticationResult | null | undefined;
  faceMatchScore?: number | null | undefined;
  requestId: string;
};
export type CompleteDialogMutation$variables = {
  input: CompleteProofingRequestInput;
};
export type CompleteDialogMutation$data = {
  readonly completeProofingRequest: {
    readonly __typename: string;
    readonly message?: string;
    readonly proofingRequest?: {
      readonly id: string;
      readonly " $fragmentSpreads": FragmentRefs<"Outcome_request">;
    } | null | undefined;
  };
};
export type CompleteDialogMutation = {
  response: CompleteDialogMutation$data;
  variables: CompleteDialogMutation$variables;
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
    "name": "CompleteDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "completeProofingRequest",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "ProofingRequest",
                "kind": "LinkedField",
                "name": "proofingRequest",
                "plural": false,
                "selections": [
                  (v3/*:: as any*/),
                  {
                    "args": null,
                    "kind": "FragmentSpread",
                    "name": "Outcome_request"
                  }
                ],
                "storageKey": null
              }
            ],
            "type": "CompleteProofingRequestSuccessPayload",
            "abstractKey": null
          },
          (v4/*:: as any*/)
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
    "name": "CompleteDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "completeProofingRequest",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "ProofingRequest",
                "kind": "LinkedField",
                "name": "proofingRequest",
                "plural": false,
                "selections": [
                  (v3/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "state",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "deviceCheckResult",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "documentAuthenticationResult",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "faceMatch",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "faceMatchScore",
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "type": "CompleteProofingRequestSuccessPayload",
            "abstractKey": null
          },
          (v4/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "5a450adbc5e088dcff741b8328f7b87839d7b94284ac228f3c9aaf171171c32a",
    "metadata": {},
    "name": "CompleteDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "3eaab0cb3297e6b2e92295d232efa065";

export default node;

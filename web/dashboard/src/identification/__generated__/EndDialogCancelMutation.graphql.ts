/**
 * @generated SignedSource<<36ab398d62ef3c43dd716ba22cc4532f>>
 * @relayHash 9f1937b24596ddb76b4e25b05a42bda8
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 7ff76d008057a356a4bb9ccddab0a084a60619ae17a13b26fd532581f80e3065

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type CancelIdentificationInput = {
  identificationId: string;
  reason?: string | null | undefined;
};
export type EndDialogCancelMutation$variables = {
  input: CancelIdentificationInput;
};
export type EndDialogCancelMutation$data = {
  readonly cancelIdentification: {
    readonly __typename: string;
    readonly identification?: {
      readonly " $fragmentSpreads": FragmentRefs<"IdentificationCard_identification">;
    } | null | undefined;
    readonly message?: string;
  } | null | undefined;
};
export type EndDialogCancelMutation = {
  response: EndDialogCancelMutation$data;
  variables: EndDialogCancelMutation$variables;
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
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v5 = [
  (v4/*:: as any*/)
],
v6 = [
  (v2/*:: as any*/),
  {
    "kind": "TypeDiscriminator",
    "abstractKey": "__isIdentificationLevelStatusInfo"
  },
  {
    "kind": "InlineFragment",
    "selections": (v5/*:: as any*/),
    "type": "NotSupportedIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": (v5/*:: as any*/),
    "type": "NotStartedIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": (v5/*:: as any*/),
    "type": "StartedIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": (v5/*:: as any*/),
    "type": "PendingIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": [
      (v4/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "validUntil",
        "storageKey": null
      }
    ],
    "type": "ValidIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": [
      (v4/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "reasons",
        "storageKey": null
      }
    ],
    "type": "InvalidIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": (v5/*:: as any*/),
    "type": "CanceledIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": [
      (v4/*:: as any*/),
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "expiredAt",
        "storageKey": null
      }
    ],
    "type": "ExpiredIdentificationLevelStatusInfo",
    "abstractKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "EndDialogCancelMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "cancelIdentification",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Identification",
                "kind": "LinkedField",
                "name": "identification",
                "plural": false,
                "selections": [
                  {
                    "args": null,
                    "kind": "FragmentSpread",
                    "name": "IdentificationCard_identification"
                  }
                ],
                "storageKey": null
              }
            ],
            "type": "CancelIdentificationSuccessPayload",
            "abstractKey": null
          },
          (v3/*:: as any*/)
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
    "name": "EndDialogCancelMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "cancelIdentification",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "concreteType": "Identification",
                "kind": "LinkedField",
                "name": "identification",
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
                    "name": "version",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "process",
                    "storageKey": null
                  },
                  (v4/*:: as any*/),
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "createdAt",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "updatedAt",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "identityDocumentType",
                    "storageKey": null
                  },
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "IdentificationLevelStatusesInfo",
                    "kind": "LinkedField",
                    "name": "levels",
                    "plural": false,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": null,
                        "kind": "LinkedField",
                        "name": "expert",
                        "plural": false,
                        "selections": (v6/*:: as any*/),
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": null,
                        "kind": "LinkedField",
                        "name": "qes",
                        "plural": false,
                        "selections": (v6/*:: as any*/),
                        "storageKey": null
                      },
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": null,
                        "kind": "LinkedField",
                        "name": "pvid",
                        "plural": false,
                        "selections": (v6/*:: as any*/),
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": null
              }
            ],
            "type": "CancelIdentificationSuccessPayload",
            "abstractKey": null
          },
          (v3/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "7ff76d008057a356a4bb9ccddab0a084a60619ae17a13b26fd532581f80e3065",
    "metadata": {},
    "name": "EndDialogCancelMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "7e00394944b73a7996102e60374fdd9f";

export default node;

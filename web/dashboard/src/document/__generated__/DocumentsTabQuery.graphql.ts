/**
 * @generated SignedSource<<89989acf2433cefeb44aa54eabddc3b9>>
 * @relayHash 59dc283b3d1559d6c90d306f37badd23
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID f04eea1aa1b231b9d3b2b9fdb7820e1083c96a16d1b4a368c9f4f87ec03738b9

import { ConcreteRequest } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type IdentificationProcess = "Expert" | "PVID" | "QES" | "%future added value";
export type VerificationSessionStatus = "InProgress" | "Pending" | "Successful" | "Suspected" | "%future added value";
export type DocumentsTabQuery$variables = {
  id: string;
  levels: boolean;
  personal: boolean;
  sessions: boolean;
};
export type DocumentsTabQuery$data = {
  readonly user: {
    readonly identifications?: {
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly createdAt: string;
          readonly documents: ReadonlyArray<{
            readonly id?: string;
            readonly " $fragmentSpreads": FragmentRefs<"DocumentCard_document">;
          }> | null | undefined;
          readonly id: string;
          readonly process: IdentificationProcess;
        };
      }>;
    } | null | undefined;
    readonly verificationSessions?: {
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly createdAt: string;
          readonly documents: ReadonlyArray<{
            readonly id?: string;
            readonly " $fragmentSpreads": FragmentRefs<"DocumentCard_document">;
          }> | null | undefined;
          readonly id: string;
          readonly status: VerificationSessionStatus;
        };
      }>;
    } | null | undefined;
    readonly " $fragmentSpreads": FragmentRefs<"DocumentCard_user">;
  } | null | undefined;
};
export type DocumentsTabQuery = {
  response: DocumentsTabQuery$data;
  variables: DocumentsTabQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "id"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "levels"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "personal"
},
v3 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "sessions"
},
v4 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "id"
  }
],
v5 = [
  {
    "kind": "Literal",
    "name": "first",
    "value": 100
  }
],
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "createdAt",
  "storageKey": null
},
v9 = [
  (v6/*:: as any*/)
],
v10 = {
  "alias": null,
  "args": null,
  "concreteType": null,
  "kind": "LinkedField",
  "name": "documents",
  "plural": true,
  "selections": [
    {
      "kind": "InlineFragment",
      "selections": (v9/*:: as any*/),
      "type": "IdCardDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v9/*:: as any*/),
      "type": "PassportDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v9/*:: as any*/),
      "type": "ResidencePermitDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v9/*:: as any*/),
      "type": "UnclassifiedDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v9/*:: as any*/),
      "type": "DriversLicenseDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v9/*:: as any*/),
      "type": "CarRegistrationDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v9/*:: as any*/),
      "type": "AddressProofDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v9/*:: as any*/),
      "type": "FacePhotoDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v9/*:: as any*/),
      "type": "ReportDocument",
      "abstractKey": null
    },
    {
      "args": null,
      "kind": "FragmentSpread",
      "name": "DocumentCard_document"
    }
  ],
  "storageKey": null
},
v11 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "process",
  "storageKey": null
},
v12 = {
  "alias": null,
  "args": null,
  "concreteType": "DocumentImage",
  "kind": "LinkedField",
  "name": "images",
  "plural": true,
  "selections": [
    (v6/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "kind",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "width",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "height",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v13 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "mrzStatus",
  "storageKey": null
},
v14 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "mrzLines",
  "storageKey": null
},
v15 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "findings",
  "storageKey": null
},
v16 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "matchLevel",
  "storageKey": null
},
v17 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "firstName",
  "storageKey": null
},
v18 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "lastName",
  "storageKey": null
},
v19 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "dateOfBirth",
  "storageKey": null
},
v20 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "address",
  "storageKey": null
},
v21 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "idNumber",
  "storageKey": null
},
v22 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "dateOfIssue",
  "storageKey": null
},
v23 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "dateOfExpiration",
  "storageKey": null
},
v24 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "issuingAuthority",
  "storageKey": null
},
v25 = [
  (v6/*:: as any*/),
  (v8/*:: as any*/),
  (v12/*:: as any*/),
  (v13/*:: as any*/),
  (v14/*:: as any*/),
  (v15/*:: as any*/),
  (v16/*:: as any*/),
  (v17/*:: as any*/),
  (v18/*:: as any*/),
  (v19/*:: as any*/),
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "placeOfBirth",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "sex",
    "storageKey": null
  },
  (v20/*:: as any*/),
  (v21/*:: as any*/),
  (v22/*:: as any*/),
  (v23/*:: as any*/),
  (v24/*:: as any*/)
],
v26 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "fullName",
  "storageKey": null
},
v27 = {
  "alias": null,
  "args": null,
  "concreteType": null,
  "kind": "LinkedField",
  "name": "documents",
  "plural": true,
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "__typename",
      "storageKey": null
    },
    {
      "kind": "TypeDiscriminator",
      "abstractKey": "__isIdentificationDocument"
    },
    {
      "kind": "InlineFragment",
      "selections": (v25/*:: as any*/),
      "type": "IdCardDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v25/*:: as any*/),
      "type": "PassportDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v25/*:: as any*/),
      "type": "ResidencePermitDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v25/*:: as any*/),
      "type": "UnclassifiedDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v6/*:: as any*/),
        (v8/*:: as any*/),
        (v12/*:: as any*/),
        (v13/*:: as any*/),
        (v14/*:: as any*/),
        (v15/*:: as any*/),
        (v16/*:: as any*/),
        (v17/*:: as any*/),
        (v18/*:: as any*/),
        (v19/*:: as any*/),
        (v20/*:: as any*/),
        (v21/*:: as any*/),
        (v22/*:: as any*/),
        (v23/*:: as any*/),
        (v24/*:: as any*/)
      ],
      "type": "DriversLicenseDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v6/*:: as any*/),
        (v8/*:: as any*/),
        (v12/*:: as any*/),
        (v13/*:: as any*/),
        (v14/*:: as any*/),
        (v15/*:: as any*/),
        (v16/*:: as any*/),
        (v26/*:: as any*/),
        (v20/*:: as any*/),
        (v21/*:: as any*/),
        (v22/*:: as any*/),
        (v24/*:: as any*/)
      ],
      "type": "CarRegistrationDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v6/*:: as any*/),
        (v8/*:: as any*/),
        (v12/*:: as any*/),
        (v13/*:: as any*/),
        (v14/*:: as any*/),
        (v15/*:: as any*/),
        (v16/*:: as any*/),
        (v26/*:: as any*/),
        (v20/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "docTypes",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "issueDate",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "issuerName",
          "storageKey": null
        }
      ],
      "type": "AddressProofDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v6/*:: as any*/),
        (v8/*:: as any*/),
        (v12/*:: as any*/),
        (v16/*:: as any*/)
      ],
      "type": "FacePhotoDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v6/*:: as any*/),
        (v8/*:: as any*/),
        (v12/*:: as any*/)
      ],
      "type": "ReportDocument",
      "abstractKey": null
    }
  ],
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/),
      (v3/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "DocumentsTabQuery",
    "selections": [
      {
        "alias": null,
        "args": (v4/*:: as any*/),
        "concreteType": "User",
        "kind": "LinkedField",
        "name": "user",
        "plural": false,
        "selections": [
          {
            "args": null,
            "kind": "FragmentSpread",
            "name": "DocumentCard_user"
          },
          {
            "condition": "sessions",
            "kind": "Condition",
            "passingValue": true,
            "selections": [
              {
                "alias": null,
                "args": (v5/*:: as any*/),
                "concreteType": "VerificationSessionConnection",
                "kind": "LinkedField",
                "name": "verificationSessions",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "VerificationSessionEdge",
                    "kind": "LinkedField",
                    "name": "edges",
                    "plural": true,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "VerificationSession",
                        "kind": "LinkedField",
                        "name": "node",
                        "plural": false,
                        "selections": [
                          (v6/*:: as any*/),
                          (v7/*:: as any*/),
                          (v8/*:: as any*/),
                          (v10/*:: as any*/)
                        ],
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": "verificationSessions(first:100)"
              }
            ]
          },
          {
            "condition": "levels",
            "kind": "Condition",
            "passingValue": true,
            "selections": [
              {
                "alias": null,
                "args": (v5/*:: as any*/),
                "concreteType": "IdentificationConnection",
                "kind": "LinkedField",
                "name": "identifications",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "IdentificationEdge",
                    "kind": "LinkedField",
                    "name": "edges",
                    "plural": true,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Identification",
                        "kind": "LinkedField",
                        "name": "node",
                        "plural": false,
                        "selections": [
                          (v6/*:: as any*/),
                          (v11/*:: as any*/),
                          (v8/*:: as any*/),
                          (v10/*:: as any*/)
                        ],
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": "identifications(first:100)"
              }
            ]
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v2/*:: as any*/),
      (v3/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "DocumentsTabQuery",
    "selections": [
      {
        "alias": null,
        "args": (v4/*:: as any*/),
        "concreteType": "User",
        "kind": "LinkedField",
        "name": "user",
        "plural": false,
        "selections": [
          {
            "condition": "personal",
            "kind": "Condition",
            "passingValue": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "birthDate",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "nationalityCCA3",
                "storageKey": null
              }
            ]
          },
          {
            "condition": "sessions",
            "kind": "Condition",
            "passingValue": true,
            "selections": [
              {
                "alias": null,
                "args": (v5/*:: as any*/),
                "concreteType": "VerificationSessionConnection",
                "kind": "LinkedField",
                "name": "verificationSessions",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "VerificationSessionEdge",
                    "kind": "LinkedField",
                    "name": "edges",
                    "plural": true,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "VerificationSession",
                        "kind": "LinkedField",
                        "name": "node",
                        "plural": false,
                        "selections": [
                          (v6/*:: as any*/),
                          (v7/*:: as any*/),
                          (v8/*:: as any*/),
                          (v27/*:: as any*/)
                        ],
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": "verificationSessions(first:100)"
              }
            ]
          },
          {
            "condition": "levels",
            "kind": "Condition",
            "passingValue": true,
            "selections": [
              {
                "alias": null,
                "args": (v5/*:: as any*/),
                "concreteType": "IdentificationConnection",
                "kind": "LinkedField",
                "name": "identifications",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "concreteType": "IdentificationEdge",
                    "kind": "LinkedField",
                    "name": "edges",
                    "plural": true,
                    "selections": [
                      {
                        "alias": null,
                        "args": null,
                        "concreteType": "Identification",
                        "kind": "LinkedField",
                        "name": "node",
                        "plural": false,
                        "selections": [
                          (v6/*:: as any*/),
                          (v11/*:: as any*/),
                          (v8/*:: as any*/),
                          (v27/*:: as any*/)
                        ],
                        "storageKey": null
                      }
                    ],
                    "storageKey": null
                  }
                ],
                "storageKey": "identifications(first:100)"
              }
            ]
          },
          (v6/*:: as any*/)
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "f04eea1aa1b231b9d3b2b9fdb7820e1083c96a16d1b4a368c9f4f87ec03738b9",
    "metadata": {},
    "name": "DocumentsTabQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "8b0476b0a4e06c5f176e6afd5bbcd847";

export default node;

/**
 * @generated SignedSource<<45f31eaa80f2b535734b2778cbdc852e>>
 * @relayHash bce1c3e1420ab92614c1faa01c7a1135
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID dfe978d07f56ffac265b3e347494a1b141eb4243ba133edd98ce5e4fbac9862f

import { ConcreteRequest } from 'relay-runtime';
export type loadImageQuery$variables = {
  identification: string;
  isSession: boolean;
  session: string;
};
export type loadImageQuery$data = {
  readonly identification?: {
    readonly documents: ReadonlyArray<{
      readonly images?: ReadonlyArray<{
        readonly id: string;
        readonly url: string | null | undefined;
      }> | null | undefined;
    }> | null | undefined;
  } | null | undefined;
  readonly verificationSession?: {
    readonly documents: ReadonlyArray<{
      readonly images?: ReadonlyArray<{
        readonly id: string;
        readonly url: string | null | undefined;
      }> | null | undefined;
    }> | null | undefined;
  } | null | undefined;
};
export type loadImageQuery = {
  response: loadImageQuery$data;
  variables: loadImageQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "identification"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "isSession"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "session"
},
v3 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "session"
  }
],
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "concreteType": "DocumentImage",
  "kind": "LinkedField",
  "name": "images",
  "plural": true,
  "selections": [
    (v4/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "url",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v6 = [
  (v5/*:: as any*/)
],
v7 = [
  {
    "alias": null,
    "args": null,
    "concreteType": null,
    "kind": "LinkedField",
    "name": "documents",
    "plural": true,
    "selections": [
      {
        "kind": "InlineFragment",
        "selections": (v6/*:: as any*/),
        "type": "IdCardDocument",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v6/*:: as any*/),
        "type": "PassportDocument",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v6/*:: as any*/),
        "type": "ResidencePermitDocument",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v6/*:: as any*/),
        "type": "UnclassifiedDocument",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v6/*:: as any*/),
        "type": "DriversLicenseDocument",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v6/*:: as any*/),
        "type": "CarRegistrationDocument",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v6/*:: as any*/),
        "type": "AddressProofDocument",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v6/*:: as any*/),
        "type": "FacePhotoDocument",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": (v6/*:: as any*/),
        "type": "ReportDocument",
        "abstractKey": null
      }
    ],
    "storageKey": null
  }
],
v8 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "identification"
  }
],
v9 = [
  (v5/*:: as any*/),
  (v4/*:: as any*/)
],
v10 = [
  {
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
      }
    ],
    "storageKey": null
  },
  (v4/*:: as any*/)
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "loadImageQuery",
    "selections": [
      {
        "condition": "isSession",
        "kind": "Condition",
        "passingValue": true,
        "selections": [
          {
            "alias": null,
            "args": (v3/*:: as any*/),
            "concreteType": "VerificationSession",
            "kind": "LinkedField",
            "name": "verificationSession",
            "plural": false,
            "selections": (v7/*:: as any*/),
            "storageKey": null
          }
        ]
      },
      {
        "condition": "isSession",
        "kind": "Condition",
        "passingValue": false,
        "selections": [
          {
            "alias": null,
            "args": (v8/*:: as any*/),
            "concreteType": "Identification",
            "kind": "LinkedField",
            "name": "identification",
            "plural": false,
            "selections": (v7/*:: as any*/),
            "storageKey": null
          }
        ]
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v2/*:: as any*/),
      (v0/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "loadImageQuery",
    "selections": [
      {
        "condition": "isSession",
        "kind": "Condition",
        "passingValue": true,
        "selections": [
          {
            "alias": null,
            "args": (v3/*:: as any*/),
            "concreteType": "VerificationSession",
            "kind": "LinkedField",
            "name": "verificationSession",
            "plural": false,
            "selections": (v10/*:: as any*/),
            "storageKey": null
          }
        ]
      },
      {
        "condition": "isSession",
        "kind": "Condition",
        "passingValue": false,
        "selections": [
          {
            "alias": null,
            "args": (v8/*:: as any*/),
            "concreteType": "Identification",
            "kind": "LinkedField",
            "name": "identification",
            "plural": false,
            "selections": (v10/*:: as any*/),
            "storageKey": null
          }
        ]
      }
    ]
  },
  "params": {
    "id": "dfe978d07f56ffac265b3e347494a1b141eb4243ba133edd98ce5e4fbac9862f",
    "metadata": {},
    "name": "loadImageQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "1c504bb51da8e016f9a96026c94fffe7";

export default node;

/**
 * @generated SignedSource<<9afe80616c0ad9389d34f8d0257bf9f5>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type IdentificationInvalidReason = "AbsentOrIncompleteFace" | "AlteredDevice" | "BadDocumentLighting" | "DamagedDocument" | "ExpiredDocument" | "FraudDetected" | "InadequateVideo" | "InsufficientApplicantLighting" | "InsufficientApplicantLiveness" | "InsufficientConnectionQuality" | "InsufficientDocumentLiveness" | "InsufficientDocumentReadability" | "InsufficientFaceReadability" | "InsufficientVideoReadability" | "InternalError" | "InvalidAddress" | "InvalidOrMissingData" | "InvoluntaryIdentification" | "MissingGeolocationData" | "NegativeNewsHit" | "NonMatchingIdentity" | "NonOriginalDocument" | "SanctionListHit" | "SecondDocumentRequired" | "TechnicalSignatureError" | "TimeoutSignatureFlow" | "UnacceptableDocument" | "UnderageApplicant" | "%future added value";
export type IdentificationProcess = "Expert" | "PVID" | "QES" | "%future added value";
export type IdentificationStatus = "Canceled" | "Expired" | "Invalid" | "NotStarted" | "NotSupported" | "Pending" | "Started" | "Valid" | "%future added value";
export type IdentityDocumentType = "DriversLicense" | "IdCard" | "Passport" | "ResidencePermit" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type IdentificationRow_identification$data = {
  readonly identityDocumentType: IdentityDocumentType | null | undefined;
  readonly levels: {
    readonly expert: {
      readonly expiredAt?: string;
      readonly reasons?: ReadonlyArray<IdentificationInvalidReason>;
      readonly status?: IdentificationStatus;
      readonly validUntil?: string | null | undefined;
    };
    readonly pvid: {
      readonly expiredAt?: string;
      readonly reasons?: ReadonlyArray<IdentificationInvalidReason>;
      readonly status?: IdentificationStatus;
      readonly validUntil?: string | null | undefined;
    };
    readonly qes: {
      readonly expiredAt?: string;
      readonly reasons?: ReadonlyArray<IdentificationInvalidReason>;
      readonly status?: IdentificationStatus;
      readonly validUntil?: string | null | undefined;
    };
  };
  readonly process: IdentificationProcess;
  readonly status: IdentificationStatus;
  readonly updatedAt: string;
  readonly user?: {
    readonly " $fragmentSpreads": FragmentRefs<"UserLink_user">;
  } | null | undefined;
  readonly " $fragmentType": "IdentificationRow_identification";
};
export type IdentificationRow_identification$key = {
  readonly " $data"?: IdentificationRow_identification$data;
  readonly " $fragmentSpreads": FragmentRefs<"IdentificationRow_identification">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v1 = [
  (v0/*:: as any*/)
],
v2 = [
  {
    "kind": "InlineFragment",
    "selections": (v1/*:: as any*/),
    "type": "NotSupportedIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": (v1/*:: as any*/),
    "type": "NotStartedIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": (v1/*:: as any*/),
    "type": "StartedIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": (v1/*:: as any*/),
    "type": "PendingIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": [
      (v0/*:: as any*/),
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
      (v0/*:: as any*/),
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
    "selections": (v1/*:: as any*/),
    "type": "CanceledIdentificationLevelStatusInfo",
    "abstractKey": null
  },
  {
    "kind": "InlineFragment",
    "selections": [
      (v0/*:: as any*/),
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
  "argumentDefinitions": [
    {
      "kind": "RootArgument",
      "name": "users"
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "IdentificationRow_identification",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "process",
      "storageKey": null
    },
    (v0/*:: as any*/),
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
          "selections": (v2/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": null,
          "kind": "LinkedField",
          "name": "qes",
          "plural": false,
          "selections": (v2/*:: as any*/),
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": null,
          "kind": "LinkedField",
          "name": "pvid",
          "plural": false,
          "selections": (v2/*:: as any*/),
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    {
      "condition": "users",
      "kind": "Condition",
      "passingValue": true,
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
              "args": null,
              "kind": "FragmentSpread",
              "name": "UserLink_user"
            }
          ],
          "storageKey": null
        }
      ]
    }
  ],
  "type": "Identification",
  "abstractKey": null
};
})();

(node as any).hash = "97d97297ea027b1a7fffd9fc2fafa557";

export default node;

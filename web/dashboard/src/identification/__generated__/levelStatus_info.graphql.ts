/**
 * @generated SignedSource<<1df6aca407c06e6d13001e49f5f702c7>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type IdentificationInvalidReason = "AbsentOrIncompleteFace" | "AlteredDevice" | "BadDocumentLighting" | "DamagedDocument" | "ExpiredDocument" | "FraudDetected" | "InadequateVideo" | "InsufficientApplicantLighting" | "InsufficientApplicantLiveness" | "InsufficientConnectionQuality" | "InsufficientDocumentLiveness" | "InsufficientDocumentReadability" | "InsufficientFaceReadability" | "InsufficientVideoReadability" | "InternalError" | "InvalidAddress" | "InvalidOrMissingData" | "InvoluntaryIdentification" | "MissingGeolocationData" | "NegativeNewsHit" | "NonMatchingIdentity" | "NonOriginalDocument" | "SanctionListHit" | "SecondDocumentRequired" | "TechnicalSignatureError" | "TimeoutSignatureFlow" | "UnacceptableDocument" | "UnderageApplicant" | "%future added value";
export type IdentificationStatus = "Canceled" | "Expired" | "Invalid" | "NotStarted" | "NotSupported" | "Pending" | "Started" | "Valid" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type levelStatus_info$data = {
  readonly expiredAt?: string;
  readonly reasons?: ReadonlyArray<IdentificationInvalidReason>;
  readonly status?: IdentificationStatus;
  readonly validUntil?: string | null | undefined;
  readonly " $fragmentType": "levelStatus_info";
};
export type levelStatus_info$key = {
  readonly " $data"?: levelStatus_info$data;
  readonly " $fragmentSpreads": FragmentRefs<"levelStatus_info">;
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
];
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "levelStatus_info",
  "selections": [
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
  ],
  "type": "IdentificationLevelStatusInfo",
  "abstractKey": "__isIdentificationLevelStatusInfo"
};
})();

(node as any).hash = "331191d1595734f306c1e00de3f1beff";

export default node;

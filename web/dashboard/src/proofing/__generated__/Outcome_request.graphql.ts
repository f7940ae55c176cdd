/**
 * @generated SignedSource<<0f3bed9383569798b63f53bf1c730777>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type DeviceCheckResult = "ALLOW" | "DENY" | "NONE" | "REVIEW" | "%future added value";
export type DocumentAuthenticationResult = "ATTENTION" | "FAILED" | "NONE" | "PASSED" | "SKIPPED" | "UNKNOWN" | "%future added value";
export type ProofingRequestState = "COMPLETE" | "DEVICE" | "IMAGE" | "INIT" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type Outcome_request$data = {
  readonly deviceCheckResult: DeviceCheckResult;
  readonly documentAuthenticationResult: DocumentAuthenticationResult | null | undefined;
  readonly faceMatch: boolean | null | undefined;
  readonly faceMatchScore: number | null | undefined;
  readonly state: ProofingRequestState;
  readonly " $fragmentType": "Outcome_request";
};
export type Outcome_request$key = {
  readonly " $data"?: Outcome_request$data;
  readonly " $fragmentSpreads": FragmentRefs<"Outcome_request">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Outcome_request",
  "selections": [
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
  "type": "ProofingRequest",
  "abstractKey": null
};

(node as any).hash = "ec7b9ce6783e32431566a3ffb94cdb5c";

export default node;

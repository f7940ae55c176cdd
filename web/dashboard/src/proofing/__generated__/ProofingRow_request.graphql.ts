/**
 * @generated SignedSource<<3740a56b9deced6a8cd0408325ce8053>>
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
export type ProofingRow_request$data = {
  readonly deviceCheckResult: DeviceCheckResult;
  readonly documentAuthenticationResult: DocumentAuthenticationResult | null | undefined;
  readonly faceMatch: boolean | null | undefined;
  readonly faceMatchScore: number | null | undefined;
  readonly requestTime: string;
  readonly state: ProofingRequestState;
  readonly user?: {
    readonly " $fragmentSpreads": FragmentRefs<"UserLink_user">;
  } | null | undefined;
  readonly " $fragmentType": "ProofingRow_request";
};
export type ProofingRow_request$key = {
  readonly " $data"?: ProofingRow_request$data;
  readonly " $fragmentSpreads": FragmentRefs<"ProofingRow_request">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [
    {
      "kind": "RootArgument",
      "name": "users"
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "ProofingRow_request",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "requestTime",
      "storageKey": null
    },
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
  "type": "ProofingRequest",
  "abstractKey": null
};

(node as any).hash = "b8ac51f6dc94ca6788d3b8102662ad95";

export default node;

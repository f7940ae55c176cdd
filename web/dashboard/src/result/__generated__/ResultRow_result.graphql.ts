/**
 * @generated SignedSource<<286de077ed5a291a378b02f2416fd387>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type VerificationResultScope = "DATE_OF_BIRTH" | "IDENTITY_ID" | "NAME" | "PHONE" | "%future added value";
export type VerificationResultStatus = "FAILED" | "STARTED" | "VERIFIED" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type ResultRow_result$data = {
  readonly correlationId: string | null | undefined;
  readonly createdAt: string;
  readonly scopes: ReadonlyArray<VerificationResultScope> | null | undefined;
  readonly status: VerificationResultStatus;
  readonly user?: {
    readonly " $fragmentSpreads": FragmentRefs<"UserLink_user">;
  } | null | undefined;
  readonly verifiedAt: string | null | undefined;
  readonly " $fragmentType": "ResultRow_result";
};
export type ResultRow_result$key = {
  readonly " $data"?: ResultRow_result$data;
  readonly " $fragmentSpreads": FragmentRefs<"ResultRow_result">;
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
  "name": "ResultRow_result",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "status",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "scopes",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "correlationId",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "verifiedAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "createdAt",
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
  "type": "VerificationResult",
  "abstractKey": null
};

(node as any).hash = "6b4da06f546f661334cb9706e9eaf9a6";

export default node;

/**
 * @generated SignedSource<<0cfa18d9b45516e11f64f5acdf6a9b37>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type VerificationSessionStatus = "InProgress" | "Pending" | "Successful" | "Suspected" | "%future added value";
export type VerificationStep = "ADDRESS_PROOF" | "CAR_REGISTRATION_DOCUMENT" | "DRIVER_LICENSE" | "DRIVING_LICENSE" | "ID_DOCUMENT" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type SessionRow_session$data = {
  readonly createdAt: string;
  readonly refId: string | null | undefined;
  readonly status: VerificationSessionStatus;
  readonly steps: ReadonlyArray<VerificationStep>;
  readonly updatedAt: string;
  readonly user?: {
    readonly " $fragmentSpreads": FragmentRefs<"UserLink_user">;
  } | null | undefined;
  readonly " $fragmentType": "SessionRow_session";
};
export type SessionRow_session$key = {
  readonly " $data"?: SessionRow_session$data;
  readonly " $fragmentSpreads": FragmentRefs<"SessionRow_session">;
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
  "name": "SessionRow_session",
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
      "name": "steps",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "refId",
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
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "updatedAt",
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
  "type": "VerificationSession",
  "abstractKey": null
};

(node as any).hash = "34b2fe47dc9abd6c3fe5a4b7c73be42d";

export default node;

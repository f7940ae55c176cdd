/**
 * @generated SignedSource<<e4516b95aba6da753ed8d1e83d139bb2>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type Released_result$data = {
  readonly data: {
    readonly dateOfBirth: string | null | undefined;
    readonly identityId: string | null | undefined;
    readonly name: {
      readonly fullName: string | null | undefined;
    } | null | undefined;
    readonly phone: string | null | undefined;
  } | null | undefined;
  readonly " $fragmentType": "Released_result";
};
export type Released_result$key = {
  readonly " $data"?: Released_result$data;
  readonly " $fragmentSpreads": FragmentRefs<"Released_result">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "Released_result",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "VerificationResultData",
      "kind": "LinkedField",
      "name": "data",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "identityId",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "VerificationResultName",
          "kind": "LinkedField",
          "name": "name",
          "plural": false,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "fullName",
              "storageKey": null
            }
          ],
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "dateOfBirth",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "phone",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "VerificationResult",
  "abstractKey": null
};

(node as any).hash = "3c88598b732a612603e856493586a80d";

export default node;

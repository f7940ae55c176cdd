/**
 * @generated SignedSource<<5e7fb7492dd4699bb0da26fbbf2fe24b>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type DocumentCard_user$data = {
  readonly birthDate?: string | null | undefined;
  readonly nationalityCCA3?: string | null | undefined;
  readonly " $fragmentType": "DocumentCard_user";
};
export type DocumentCard_user$key = {
  readonly " $data"?: DocumentCard_user$data;
  readonly " $fragmentSpreads": FragmentRefs<"DocumentCard_user">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [
    {
      "kind": "RootArgument",
      "name": "personal"
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "DocumentCard_user",
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
    }
  ],
  "type": "User",
  "abstractKey": null
};

(node as any).hash = "c0ac64527d2ae7df958aeade4030874f";

export default node;

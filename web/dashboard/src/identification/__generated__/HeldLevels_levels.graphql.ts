/**
 * @generated SignedSource<<c6cc6aa9db6ea4fc7b1126da22fb3c74>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type HeldLevels_levels$data = {
  readonly PVID: boolean;
  readonly QES: boolean;
  readonly expert: boolean;
  readonly " $fragmentType": "HeldLevels_levels";
};
export type HeldLevels_levels$key = {
  readonly " $data"?: HeldLevels_levels$data;
  readonly " $fragmentSpreads": FragmentRefs<"HeldLevels_levels">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "HeldLevels_levels",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "expert",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "QES",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "PVID",
      "storageKey": null
    }
  ],
  "type": "IdentificationLevels",
  "abstractKey": null
};

(node as any).hash = "f7b48d51296f6722ca82959dd21f5a97";

export default node;

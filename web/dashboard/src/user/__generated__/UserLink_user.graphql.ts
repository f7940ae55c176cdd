/**
 * @generated SignedSource<<30a7cbc70a70aa3151c7c4b19ad54b96>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type UserLink_user$data = {
  readonly fullName?: string | null | undefined;
  readonly id: string;
  readonly number: number;
  readonly " $fragmentType": "UserLink_user";
};
export type UserLink_user$key = {
  readonly " $data"?: UserLink_user$data;
  readonly " $fragmentSpreads": FragmentRefs<"UserLink_user">;
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
  "name": "UserLink_user",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "number",
      "storageKey": null
    },
    {
      "condition": "personal",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "fullName",
          "storageKey": null
        }
      ]
    }
  ],
  "type": "User",
  "abstractKey": null
};

(node as any).hash = "b19dc155cb0fff562543a8d10719bf54";

export default node;

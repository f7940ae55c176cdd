/**
 * @generated SignedSource<<98e4d969a2c50e4948cce1047c4cb485>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type VerificationRow_verification$data = {
  readonly createdAt: string;
  readonly currentLevel: {
    readonly name: string;
  };
  readonly grantedBy: {
    readonly label: string;
  } | null | undefined;
  readonly number: number;
  readonly previousLevel: {
    readonly name: string;
  } | null | undefined;
  readonly reason: string;
  readonly user?: {
    readonly " $fragmentSpreads": FragmentRefs<"UserLink_user">;
  } | null | undefined;
  readonly " $fragmentType": "VerificationRow_verification";
};
export type VerificationRow_verification$key = {
  readonly " $data"?: VerificationRow_verification$data;
  readonly " $fragmentSpreads": FragmentRefs<"VerificationRow_verification">;
};

const node: ReaderFragment = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "name",
    "storageKey": null
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
  "name": "VerificationRow_verification",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "number",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "reason",
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
      "concreteType": "VerificationLevel",
      "kind": "LinkedField",
      "name": "currentLevel",
      "plural": false,
      "selections": (v0/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "VerificationLevel",
      "kind": "LinkedField",
      "name": "previousLevel",
      "plural": false,
      "selections": (v0/*:: as any*/),
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Credential",
      "kind": "LinkedField",
      "name": "grantedBy",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "label",
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
  "type": "Verification",
  "abstractKey": null
};
})();

(node as any).hash = "4ca621574e0d87af12ae964d93e64203";

export default node;

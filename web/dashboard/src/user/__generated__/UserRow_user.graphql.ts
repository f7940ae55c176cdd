/**
 * @generated SignedSource<<a909de2c87a0e8f72b8680a736e7f073>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type UserStatus = "Active" | "Deactivated" | "Erased" | "Restricted" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type UserRow_user$data = {
  readonly currentVerificationLevel?: {
    readonly name: string;
  } | null | undefined;
  readonly fullName?: string | null | undefined;
  readonly id: string;
  readonly identificationLevels?: {
    readonly " $fragmentSpreads": FragmentRefs<"HeldLevels_levels">;
  } | null | undefined;
  readonly masked?: {
    readonly fullName: string | null | undefined;
  } | null | undefined;
  readonly number: number;
  readonly refId: string | null | undefined;
  readonly status: UserStatus;
  readonly tags: ReadonlyArray<string> | null | undefined;
  readonly updatedAt: string;
  readonly " $fragmentType": "UserRow_user";
};
export type UserRow_user$key = {
  readonly " $data"?: UserRow_user$data;
  readonly " $fragmentSpreads": FragmentRefs<"UserRow_user">;
};

const node: ReaderFragment = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "fullName",
    "storageKey": null
  }
];
return {
  "argumentDefinitions": [
    {
      "kind": "RootArgument",
      "name": "grants"
    },
    {
      "kind": "RootArgument",
      "name": "levels"
    },
    {
      "kind": "RootArgument",
      "name": "masked"
    },
    {
      "kind": "RootArgument",
      "name": "personal"
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "UserRow_user",
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
      "name": "status",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "tags",
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
      "condition": "personal",
      "kind": "Condition",
      "passingValue": true,
      "selections": (v0/*:: as any*/)
    },
    {
      "condition": "masked",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "MaskedPerson",
          "kind": "LinkedField",
          "name": "masked",
          "plural": false,
          "selections": (v0/*:: as any*/),
          "storageKey": null
        }
      ]
    },
    {
      "condition": "levels",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "IdentificationLevels",
          "kind": "LinkedField",
          "name": "identificationLevels",
          "plural": false,
          "selections": [
            {
              "args": null,
              "kind": "FragmentSpread",
              "name": "HeldLevels_levels"
            }
          ],
          "storageKey": null
        }
      ]
    },
    {
      "condition": "grants",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "VerificationLevel",
          "kind": "LinkedField",
          "name": "currentVerificationLevel",
          "plural": false,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "name",
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ]
    }
  ],
  "type": "User",
  "abstractKey": null
};
})();

(node as any).hash = "e0d327958c0d7db4f9fff5f55d0d179c";

export default node;

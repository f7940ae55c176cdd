/**
 * @generated SignedSource<<3be63ab39c867d958a0f1783bfaae9ad>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type BuiltInRole = "ADMIN" | "AUDITOR" | "DEVELOPER" | "OWNER" | "REVIEWER" | "SUPPORT" | "%future added value";
export type MembershipStatus = "ACTIVE" | "ENDED" | "SUSPENDED" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type MemberRow_membership$data = {
  readonly email: string | null | undefined;
  readonly id: string;
  readonly label: string;
  readonly lastSeenAt: string | null | undefined;
  readonly number: number;
  readonly role: {
    readonly builtIn: BuiltInRole | null | undefined;
    readonly id: string;
    readonly name: string;
  } | null | undefined;
  readonly status: MembershipStatus;
  readonly tagLimits: ReadonlyArray<string> | null | undefined;
  readonly " $fragmentType": "MemberRow_membership";
};
export type MemberRow_membership$key = {
  readonly " $data"?: MemberRow_membership$data;
  readonly " $fragmentSpreads": FragmentRefs<"MemberRow_membership">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "MemberRow_membership",
  "selections": [
    (v0/*:: as any*/),
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
      "name": "label",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "email",
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
      "name": "tagLimits",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "lastSeenAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Role",
      "kind": "LinkedField",
      "name": "role",
      "plural": false,
      "selections": [
        (v0/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "name",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "builtIn",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Membership",
  "abstractKey": null
};
})();

(node as any).hash = "89053f80213278b1a08061145da51804";

export default node;

/**
 * @generated SignedSource<<0e9613bdfa21465b5ad704129cc8409e>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type CredentialRow_credential$data = {
  readonly clientId: string;
  readonly createdAt: string;
  readonly id: string;
  readonly label: string;
  readonly number: number;
  readonly permissions: ReadonlyArray<string>;
  readonly revokedAt: string | null | undefined;
  readonly tagLimits: ReadonlyArray<string> | null | undefined;
  readonly " $fragmentType": "CredentialRow_credential";
};
export type CredentialRow_credential$key = {
  readonly " $data"?: CredentialRow_credential$data;
  readonly " $fragmentSpreads": FragmentRefs<"CredentialRow_credential">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "CredentialRow_credential",
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
      "name": "clientId",
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
      "name": "label",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "permissions",
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
      "name": "createdAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "revokedAt",
      "storageKey": null
    }
  ],
  "type": "Credential",
  "abstractKey": null
};

(node as any).hash = "90a20e53d5c37276778d87c22d317a43";

export default node;

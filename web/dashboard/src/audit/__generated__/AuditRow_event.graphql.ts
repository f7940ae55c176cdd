/**
 * @generated SignedSource<<fff454135afd78d3fb166a8c32faddfb>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type AuditRow_event$data = {
  readonly action: string;
  readonly createdAt: string;
  readonly credential: {
    readonly label: string;
  } | null | undefined;
  readonly requestId: string | null | undefined;
  readonly resourceId: string;
  readonly userId: string | null | undefined;
  readonly " $fragmentType": "AuditRow_event";
};
export type AuditRow_event$key = {
  readonly " $data"?: AuditRow_event$data;
  readonly " $fragmentSpreads": FragmentRefs<"AuditRow_event">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "AuditRow_event",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "action",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "resourceId",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "userId",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "requestId",
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
      "concreteType": "Credential",
      "kind": "LinkedField",
      "name": "credential",
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
    }
  ],
  "type": "AuditEvent",
  "abstractKey": null
};

(node as any).hash = "83d0981dd4effd0d8f1d705fdd308ce3";

export default node;

/**
 * @generated SignedSource<<01062d3bf85c0dfb649ada31730e537c>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type WebhookBodyKind = "EVENT" | "RESULT" | "SESSION" | "%future added value";
export type WebhookSubscriptionStatus = "Active" | "Broken" | "Disabled" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type EndpointCard_endpoint$data = {
  readonly bodyKind: WebhookBodyKind;
  readonly consecutiveFailures: number;
  readonly createdAt: string;
  readonly endpoint: string;
  readonly eventTypes: ReadonlyArray<string>;
  readonly failingSince: string | null | undefined;
  readonly id: string;
  readonly label: string;
  readonly previousSecretUntil: string | null | undefined;
  readonly status: WebhookSubscriptionStatus;
  readonly " $fragmentSpreads": FragmentRefs<"EndpointActions_endpoint">;
  readonly " $fragmentType": "EndpointCard_endpoint";
};
export type EndpointCard_endpoint$key = {
  readonly " $data"?: EndpointCard_endpoint$data;
  readonly " $fragmentSpreads": FragmentRefs<"EndpointCard_endpoint">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "EndpointCard_endpoint",
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
      "name": "label",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "endpoint",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "bodyKind",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "eventTypes",
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
      "name": "consecutiveFailures",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "failingSince",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "previousSecretUntil",
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
      "args": null,
      "kind": "FragmentSpread",
      "name": "EndpointActions_endpoint"
    }
  ],
  "type": "WebhookSubscription",
  "abstractKey": null
};

(node as any).hash = "8ecee65d931ba70414137f82b8beb889";

export default node;

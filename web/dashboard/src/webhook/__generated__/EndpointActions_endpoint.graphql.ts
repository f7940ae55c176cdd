/**
 * @generated SignedSource<<85a83a6328307e9019ade50aac777e4f>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type WebhookSubscriptionStatus = "Active" | "Broken" | "Disabled" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type EndpointActions_endpoint$data = {
  readonly endpoint: string;
  readonly eventTypes: ReadonlyArray<string>;
  readonly id: string;
  readonly label: string;
  readonly status: WebhookSubscriptionStatus;
  readonly " $fragmentType": "EndpointActions_endpoint";
};
export type EndpointActions_endpoint$key = {
  readonly " $data"?: EndpointActions_endpoint$data;
  readonly " $fragmentSpreads": FragmentRefs<"EndpointActions_endpoint">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "EndpointActions_endpoint",
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
      "name": "eventTypes",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "status",
      "storageKey": null
    }
  ],
  "type": "WebhookSubscription",
  "abstractKey": null
};

(node as any).hash = "34b2b34d35457059190e2a7ad8ad1e7b";

export default node;

/**
 * @generated SignedSource<<9b8dc6afc932eb01463fe0c109a09d79>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type WebhookEventLogStatus = "Delivered" | "Failed" | "Pending" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type DeliveryRow_delivery$data = {
  readonly attempts: number;
  readonly createdAt: string;
  readonly eventType: string;
  readonly lastDurationMilliseconds: number | null | undefined;
  readonly lastStatusCode: number | null | undefined;
  readonly nextAttemptAt: string | null | undefined;
  readonly resourceId: string;
  readonly status: WebhookEventLogStatus;
  readonly webhookSubscription: {
    readonly label: string;
  } | null | undefined;
  readonly " $fragmentType": "DeliveryRow_delivery";
};
export type DeliveryRow_delivery$key = {
  readonly " $data"?: DeliveryRow_delivery$data;
  readonly " $fragmentSpreads": FragmentRefs<"DeliveryRow_delivery">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "DeliveryRow_delivery",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "eventType",
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
      "name": "status",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "attempts",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "nextAttemptAt",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "lastStatusCode",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "lastDurationMilliseconds",
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
      "concreteType": "WebhookSubscription",
      "kind": "LinkedField",
      "name": "webhookSubscription",
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
  "type": "WebhookEventLog",
  "abstractKey": null
};

(node as any).hash = "3d3b638477ad72b492cc3ab2f87737b6";

export default node;

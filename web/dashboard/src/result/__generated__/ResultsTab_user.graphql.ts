/**
 * @generated SignedSource<<fea817ca04c1e43e200569c729fc7016>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type VerificationResultScope = "DATE_OF_BIRTH" | "IDENTITY_ID" | "NAME" | "PHONE" | "%future added value";
export type VerificationResultStatus = "FAILED" | "STARTED" | "VERIFIED" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type ResultsTab_user$data = {
  readonly id: string;
  readonly verificationResults: {
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly correlationId: string | null | undefined;
        readonly createdAt: string;
        readonly id: string;
        readonly scopes: ReadonlyArray<VerificationResultScope> | null | undefined;
        readonly status: VerificationResultStatus;
        readonly traceId: string;
        readonly verifiedAt: string | null | undefined;
        readonly " $fragmentSpreads": FragmentRefs<"Released_result">;
      };
    }>;
  } | null | undefined;
  readonly " $fragmentType": "ResultsTab_user";
};
export type ResultsTab_user$key = {
  readonly " $data"?: ResultsTab_user$data;
  readonly " $fragmentSpreads": FragmentRefs<"ResultsTab_user">;
};

import ResultsTabMoreQuery_graphql from './ResultsTabMoreQuery.graphql';

const node: ReaderFragment = (function(){
var v0 = [
  "verificationResults"
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
};
return {
  "argumentDefinitions": [
    {
      "defaultValue": 50,
      "kind": "LocalArgument",
      "name": "count"
    },
    {
      "defaultValue": null,
      "kind": "LocalArgument",
      "name": "cursor"
    }
  ],
  "kind": "Fragment",
  "metadata": {
    "connection": [
      {
        "count": "count",
        "cursor": "cursor",
        "direction": "forward",
        "path": (v0/*:: as any*/)
      }
    ],
    "refetch": {
      "connection": {
        "forward": {
          "count": "count",
          "cursor": "cursor"
        },
        "backward": null,
        "path": (v0/*:: as any*/)
      },
      "fragmentPathInResult": [
        "node"
      ],
      "operation": ResultsTabMoreQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "ResultsTab_user",
  "selections": [
    {
      "alias": "verificationResults",
      "args": null,
      "concreteType": "VerificationResultConnection",
      "kind": "LinkedField",
      "name": "__ResultsTab_verificationResults_connection",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "concreteType": "VerificationResultEdge",
          "kind": "LinkedField",
          "name": "edges",
          "plural": true,
          "selections": [
            {
              "alias": null,
              "args": null,
              "concreteType": "VerificationResult",
              "kind": "LinkedField",
              "name": "node",
              "plural": false,
              "selections": [
                (v1/*:: as any*/),
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "traceId",
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "correlationId",
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
                  "name": "scopes",
                  "storageKey": null
                },
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "verifiedAt",
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
                  "name": "Released_result"
                },
                {
                  "alias": null,
                  "args": null,
                  "kind": "ScalarField",
                  "name": "__typename",
                  "storageKey": null
                }
              ],
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "cursor",
              "storageKey": null
            }
          ],
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "concreteType": "PageInfo",
          "kind": "LinkedField",
          "name": "pageInfo",
          "plural": false,
          "selections": [
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "endCursor",
              "storageKey": null
            },
            {
              "alias": null,
              "args": null,
              "kind": "ScalarField",
              "name": "hasNextPage",
              "storageKey": null
            }
          ],
          "storageKey": null
        }
      ],
      "storageKey": null
    },
    (v1/*:: as any*/)
  ],
  "type": "User",
  "abstractKey": null
};
})();

(node as any).hash = "e979282b6f28045db21b246fd0a08f44";

export default node;

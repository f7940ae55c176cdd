/**
 * @generated SignedSource<<4fbadfe6c3e66a78e2c25fc9d8e256e6>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type CurrentLevels_user$data = {
  readonly currentVerificationLevel?: {
    readonly name: string;
  } | null | undefined;
  readonly identifications?: {
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly levels: {
          readonly expert: {
            readonly __typename: "ValidIdentificationLevelStatusInfo";
            readonly validUntil: string | null | undefined;
          } | {
            // This will never be '%other', but we need some
            // value in case none of the concrete values match.
            readonly __typename: "%other";
          };
          readonly pvid: {
            readonly __typename: "ValidIdentificationLevelStatusInfo";
            readonly validUntil: string | null | undefined;
          } | {
            // This will never be '%other', but we need some
            // value in case none of the concrete values match.
            readonly __typename: "%other";
          };
          readonly qes: {
            readonly __typename: "ValidIdentificationLevelStatusInfo";
            readonly validUntil: string | null | undefined;
          } | {
            // This will never be '%other', but we need some
            // value in case none of the concrete values match.
            readonly __typename: "%other";
          };
        };
      };
    }>;
  } | null | undefined;
  readonly " $fragmentType": "CurrentLevels_user";
};
export type CurrentLevels_user$key = {
  readonly " $data"?: CurrentLevels_user$data;
  readonly " $fragmentSpreads": FragmentRefs<"CurrentLevels_user">;
};

const node: ReaderFragment = (function(){
var v0 = [
  {
    "kind": "InlineFragment",
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__typename",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "validUntil",
        "storageKey": null
      }
    ],
    "type": "ValidIdentificationLevelStatusInfo",
    "abstractKey": null
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
    }
  ],
  "kind": "Fragment",
  "metadata": null,
  "name": "CurrentLevels_user",
  "selections": [
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
    },
    {
      "condition": "levels",
      "kind": "Condition",
      "passingValue": true,
      "selections": [
        {
          "alias": null,
          "args": [
            {
              "kind": "Literal",
              "name": "filters",
              "value": {
                "statuses": [
                  "Valid"
                ]
              }
            },
            {
              "kind": "Literal",
              "name": "first",
              "value": 100
            }
          ],
          "concreteType": "IdentificationConnection",
          "kind": "LinkedField",
          "name": "identifications",
          "plural": false,
          "selections": [
            {
              "alias": null,
              "args": null,
              "concreteType": "IdentificationEdge",
              "kind": "LinkedField",
              "name": "edges",
              "plural": true,
              "selections": [
                {
                  "alias": null,
                  "args": null,
                  "concreteType": "Identification",
                  "kind": "LinkedField",
                  "name": "node",
                  "plural": false,
                  "selections": [
                    {
                      "alias": null,
                      "args": null,
                      "concreteType": "IdentificationLevelStatusesInfo",
                      "kind": "LinkedField",
                      "name": "levels",
                      "plural": false,
                      "selections": [
                        {
                          "alias": null,
                          "args": null,
                          "concreteType": null,
                          "kind": "LinkedField",
                          "name": "expert",
                          "plural": false,
                          "selections": (v0/*:: as any*/),
                          "storageKey": null
                        },
                        {
                          "alias": null,
                          "args": null,
                          "concreteType": null,
                          "kind": "LinkedField",
                          "name": "qes",
                          "plural": false,
                          "selections": (v0/*:: as any*/),
                          "storageKey": null
                        },
                        {
                          "alias": null,
                          "args": null,
                          "concreteType": null,
                          "kind": "LinkedField",
                          "name": "pvid",
                          "plural": false,
                          "selections": (v0/*:: as any*/),
                          "storageKey": null
                        }
                      ],
                      "storageKey": null
                    }
                  ],
                  "storageKey": null
                }
              ],
              "storageKey": null
            }
          ],
          "storageKey": "identifications(filters:{\"statuses\":[\"Valid\"]},first:100)"
        }
      ]
    }
  ],
  "type": "User",
  "abstractKey": null
};
})();

(node as any).hash = "e46ff964c30e340e8ce7eeef5bde4941";

export default node;

/**
 * @generated SignedSource<<f392d35932fed56cd993ef5b92e1926e>>
 * @relayHash a9bec0c0f4eb5fc822025a4d767d7845
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 317e6fe2232a242f98538866280513dc425e7165c354a906bcbd24c6dd61cbdf

import { ConcreteRequest } from 'relay-runtime';
export type IdentificationLevel = "expert" | "pvid" | "qes" | "%future added value";
export type SetLevelValidityInput = {
  days?: number | null | undefined;
  level: IdentificationLevel;
  untilDocumentExpires?: boolean;
};
export type ValidityDialogMutation$variables = {
  input: SetLevelValidityInput;
};
export type ValidityDialogMutation$data = {
  readonly setLevelValidity: {
    readonly __typename: string;
    readonly levelValidities?: ReadonlyArray<{
      readonly days: number | null | undefined;
      readonly level: IdentificationLevel;
      readonly untilDocumentExpires: boolean;
    }> | null | undefined;
    readonly message?: string;
  } | null | undefined;
};
export type ValidityDialogMutation = {
  response: ValidityDialogMutation$data;
  variables: ValidityDialogMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": null,
    "kind": "LinkedField",
    "name": "setLevelValidity",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__typename",
        "storageKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "LevelValidity",
            "kind": "LinkedField",
            "name": "levelValidities",
            "plural": true,
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "level",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "days",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "untilDocumentExpires",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "type": "SetLevelValiditySuccessPayload",
        "abstractKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "message",
            "storageKey": null
          }
        ],
        "type": "Rejection",
        "abstractKey": "__isRejection"
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "ValidityDialogMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "ValidityDialogMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "317e6fe2232a242f98538866280513dc425e7165c354a906bcbd24c6dd61cbdf",
    "metadata": {},
    "name": "ValidityDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "1e424bb553626c81f7a54d1272378a4d";

export default node;

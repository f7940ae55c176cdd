/**
 * @generated SignedSource<<2cea76862516dcd683646eabaf899298>>
 * @relayHash 3c8e0ddcd25a312e428db946e70e9e6a
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 83d3cee736ad88cf1124d0c23e1140f75bec12cebcd8b8d1b786ec79bf712ba5

import { ConcreteRequest } from 'relay-runtime';
export type IdentificationLevel = "expert" | "pvid" | "qes" | "%future added value";
export type ValidityPageQuery$variables = Record<PropertyKey, never>;
export type ValidityPageQuery$data = {
  readonly levelValidities: ReadonlyArray<{
    readonly days: number | null | undefined;
    readonly level: IdentificationLevel;
    readonly untilDocumentExpires: boolean;
  }> | null | undefined;
};
export type ValidityPageQuery = {
  response: ValidityPageQuery$data;
  variables: ValidityPageQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
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
];
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "ValidityPageQuery",
    "selections": (v0/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "ValidityPageQuery",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "83d3cee736ad88cf1124d0c23e1140f75bec12cebcd8b8d1b786ec79bf712ba5",
    "metadata": {},
    "name": "ValidityPageQuery",
    "operationKind": "query",
    "text": null
  }
};
})();

(node as any).hash = "5656d4c815d33883dbbcdbd368a49a11";

export default node;

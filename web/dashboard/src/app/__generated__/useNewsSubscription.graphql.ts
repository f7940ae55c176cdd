/**
 * @generated SignedSource<<884527ed0131a7821c2652b4683644c2>>
 * @relayHash a5d5f1b79725b67b4a67a03dcf6a5720
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID f94e59f86d4b3aafd87b33d26937ea8f82c66df0b5acf176b582cce8754c85b6

import { ConcreteRequest } from 'relay-runtime';
export type useNewsSubscription$variables = {
  types?: ReadonlyArray<string> | null | undefined;
};
export type useNewsSubscription$data = {
  readonly event: {
    readonly eventId: string;
  } | null | undefined;
};
export type useNewsSubscription = {
  response: useNewsSubscription$data;
  variables: useNewsSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "types"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "types",
        "variableName": "types"
      }
    ],
    "concreteType": "Event",
    "kind": "LinkedField",
    "name": "event",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "eventId",
        "storageKey": null
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
    "name": "useNewsSubscription",
    "selections": (v1/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "useNewsSubscription",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "f94e59f86d4b3aafd87b33d26937ea8f82c66df0b5acf176b582cce8754c85b6",
    "metadata": {},
    "name": "useNewsSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "d7a0ba74ab2a677d5d80724c38a2201d";

export default node;

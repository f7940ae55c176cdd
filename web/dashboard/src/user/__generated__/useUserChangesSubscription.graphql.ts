/**
 * @generated SignedSource<<ffa21e57437b9bc66a5b27b3d1a2feb9>>
 * @relayHash 801dd7d5929bf44265e45c57d94eb55c
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID a1da66e248581f5a2ca481bd6e6c371d6cafef5bcc6893287e58a718e188a64a

import { ConcreteRequest } from 'relay-runtime';
export type useUserChangesSubscription$variables = Record<PropertyKey, never>;
export type useUserChangesSubscription$data = {
  readonly event: {
    readonly eventId: string;
    readonly resourceId: string;
    readonly userId: string | null | undefined;
  } | null | undefined;
};
export type useUserChangesSubscription = {
  response: useUserChangesSubscription$data;
  variables: useUserChangesSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "alias": null,
    "args": null,
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
    "name": "useUserChangesSubscription",
    "selections": (v0/*:: as any*/),
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "useUserChangesSubscription",
    "selections": (v0/*:: as any*/)
  },
  "params": {
    "id": "a1da66e248581f5a2ca481bd6e6c371d6cafef5bcc6893287e58a718e188a64a",
    "metadata": {},
    "name": "useUserChangesSubscription",
    "operationKind": "subscription",
    "text": null
  }
};
})();

(node as any).hash = "09efa6b64511186feafab335530c1db9";

export default node;

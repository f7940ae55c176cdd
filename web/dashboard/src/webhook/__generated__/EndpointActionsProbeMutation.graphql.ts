/**
 * @generated SignedSource<<d576815255dd793c9f12140ebb4b5e33>>
 * @relayHash a4aeeb8a1a7b9233628d035d5bbb4c7b
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 6620ed9833b141c4bdb0e8eaedfe3f43ebc3bbca9364e98c9613e7fddf834ee1

import { ConcreteRequest } from 'relay-runtime';
export type ProbeWebhookEndpointInput = {
  id: string;
};
export type EndpointActionsProbeMutation$variables = {
  input: ProbeWebhookEndpointInput;
};
export type EndpointActionsProbeMutation$data = {
  readonly probeWebhookEndpoint: {
    readonly __typename: string;
    readonly failure?: string | null | undefined;
    readonly message?: string;
    readonly milliseconds?: number;
    readonly statusCode?: number | null | undefined;
  } | null | undefined;
};
export type EndpointActionsProbeMutation = {
  response: EndpointActionsProbeMutation$data;
  variables: EndpointActionsProbeMutation$variables;
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
    "name": "probeWebhookEndpoint",
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
            "kind": "ScalarField",
            "name": "statusCode",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "milliseconds",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "failure",
            "storageKey": null
          }
        ],
        "type": "ProbeWebhookEndpointSuccessPayload",
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
    "name": "EndpointActionsProbeMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "EndpointActionsProbeMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "id": "6620ed9833b141c4bdb0e8eaedfe3f43ebc3bbca9364e98c9613e7fddf834ee1",
    "metadata": {},
    "name": "EndpointActionsProbeMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "f9034838de6854cd0bc7f99c696b5872";

export default node;

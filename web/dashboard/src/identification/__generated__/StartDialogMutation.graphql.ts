/**
 * @generated SignedSource<<2013605c4b5fdb9fd5f0e5026b2cc09f>>
 * @relayHash ec012e91b6f271a62ccc058f5668906e
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 2b507617ce37a8f3952a9530cfd528abcdf0975b44046c8457ca5d35170dc562

import { ConcreteRequest } from 'relay-runtime';
export type IdentificationProcess = "Expert" | "PVID" | "QES" | "%future added value";
export type StartIdentificationInput = {
  idempotencyKey?: string | null | undefined;
  process: IdentificationProcess;
  userId: string;
};
export type StartDialogMutation$variables = {
  input: StartIdentificationInput;
};
export type StartDialogMutation$data = {
  readonly startIdentification: {
    readonly __typename: string;
    readonly identification?: {
      readonly id: string;
    } | null | undefined;
    readonly message?: string;
  } | null | undefined;
};
export type StartDialogMutation = {
  response: StartDialogMutation$data;
  variables: StartDialogMutation$variables;
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
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "__typename",
  "storageKey": null
},
v3 = [
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "id",
    "storageKey": null
  }
],
v4 = {
  "kind": "InlineFragment",
  "selections": [
    {
      "alias": null,
      "args": null,
      "concreteType": "Identification",
      "kind": "LinkedField",
      "name": "identification",
      "plural": false,
      "selections": (v3/*:: as any*/),
      "storageKey": null
    }
  ],
  "type": "StartIdentificationSuccessPayload",
  "abstractKey": null
},
v5 = {
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
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "StartDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "startIdentification",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/)
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "StartDialogMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "startIdentification",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v4/*:: as any*/),
          (v5/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": (v3/*:: as any*/),
            "type": "UserNotFoundRejection",
            "abstractKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "id": "2b507617ce37a8f3952a9530cfd528abcdf0975b44046c8457ca5d35170dc562",
    "metadata": {},
    "name": "StartDialogMutation",
    "operationKind": "mutation",
    "text": null
  }
};
})();

(node as any).hash = "84cf9482e0923dec8e346a683032c9dd";

export default node;

/**
 * @generated SignedSource<<ceb63c8cd4592f769338d444491bdec3>>
 * @lightSyntaxTransform
 * @codegen-command: npm run relay
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
export type DocumentFinding = "BornAfterIssue" | "BornInFuture" | "Expired" | "IssuedAfterExpiration" | "IssuedInFuture" | "MrzBirthDateCheckDigit" | "MrzBirthDateInvalid" | "MrzBirthDateMismatch" | "MrzCompositeCheckDigit" | "MrzDocumentCodeInvalid" | "MrzExpirationCheckDigit" | "MrzExpirationInvalid" | "MrzExpirationMismatch" | "MrzFirstNameMismatch" | "MrzIssuingStateInvalid" | "MrzLastNameMismatch" | "MrzNameInvalid" | "MrzNationalityInvalid" | "MrzNumberCheckDigit" | "MrzNumberInvalid" | "MrzNumberMismatch" | "MrzOptionalDataCheckDigit" | "MrzOptionalDataInvalid" | "MrzSexInvalid" | "MrzSexMismatch" | "%future added value";
export type DocumentImageKind = "BACK" | "BACK_CROPPED" | "FRONT" | "FRONT_CROPPED" | "PHOTO" | "SELFIE" | "%future added value";
export type MrzStatus = "Absent" | "InvalidChecksum" | "Malformed" | "Valid" | "%future added value";
import { FragmentRefs } from "relay-runtime";
export type DocumentCard_document$data = {
  readonly __typename: "AddressProofDocument";
  readonly address: string | null | undefined;
  readonly createdAt: string;
  readonly docTypes: ReadonlyArray<string> | null | undefined;
  readonly findings: ReadonlyArray<DocumentFinding>;
  readonly fullName: string | null | undefined;
  readonly id: string;
  readonly images: ReadonlyArray<{
    readonly height: number;
    readonly id: string;
    readonly kind: DocumentImageKind;
    readonly width: number;
  }> | null | undefined;
  readonly issueDate: string | null | undefined;
  readonly issuerName: string | null | undefined;
  readonly matchLevel: number | null | undefined;
  readonly mrzLines: ReadonlyArray<string>;
  readonly mrzStatus: MrzStatus;
  readonly " $fragmentType": "DocumentCard_document";
} | {
  readonly __typename: "CarRegistrationDocument";
  readonly address: string | null | undefined;
  readonly createdAt: string;
  readonly dateOfIssue: string | null | undefined;
  readonly findings: ReadonlyArray<DocumentFinding>;
  readonly fullName: string | null | undefined;
  readonly id: string;
  readonly idNumber: string | null | undefined;
  readonly images: ReadonlyArray<{
    readonly height: number;
    readonly id: string;
    readonly kind: DocumentImageKind;
    readonly width: number;
  }> | null | undefined;
  readonly issuingAuthority: string | null | undefined;
  readonly matchLevel: number | null | undefined;
  readonly mrzLines: ReadonlyArray<string>;
  readonly mrzStatus: MrzStatus;
  readonly " $fragmentType": "DocumentCard_document";
} | {
  readonly __typename: "DriversLicenseDocument";
  readonly address: string | null | undefined;
  readonly createdAt: string;
  readonly dateOfBirth: string | null | undefined;
  readonly dateOfExpiration: string | null | undefined;
  readonly dateOfIssue: string | null | undefined;
  readonly findings: ReadonlyArray<DocumentFinding>;
  readonly firstName: string | null | undefined;
  readonly id: string;
  readonly idNumber: string | null | undefined;
  readonly images: ReadonlyArray<{
    readonly height: number;
    readonly id: string;
    readonly kind: DocumentImageKind;
    readonly width: number;
  }> | null | undefined;
  readonly issuingAuthority: string | null | undefined;
  readonly lastName: string | null | undefined;
  readonly matchLevel: number | null | undefined;
  readonly mrzLines: ReadonlyArray<string>;
  readonly mrzStatus: MrzStatus;
  readonly " $fragmentType": "DocumentCard_document";
} | {
  readonly __typename: "FacePhotoDocument";
  readonly createdAt: string;
  readonly id: string;
  readonly images: ReadonlyArray<{
    readonly height: number;
    readonly id: string;
    readonly kind: DocumentImageKind;
    readonly width: number;
  }> | null | undefined;
  readonly matchLevel: number | null | undefined;
  readonly " $fragmentType": "DocumentCard_document";
} | {
  readonly __typename: "IdCardDocument";
  readonly address: string | null | undefined;
  readonly createdAt: string;
  readonly dateOfBirth: string | null | undefined;
  readonly dateOfExpiration: string | null | undefined;
  readonly dateOfIssue: string | null | undefined;
  readonly findings: ReadonlyArray<DocumentFinding>;
  readonly firstName: string | null | undefined;
  readonly id: string;
  readonly idNumber: string | null | undefined;
  readonly images: ReadonlyArray<{
    readonly height: number;
    readonly id: string;
    readonly kind: DocumentImageKind;
    readonly width: number;
  }> | null | undefined;
  readonly issuingAuthority: string | null | undefined;
  readonly lastName: string | null | undefined;
  readonly matchLevel: number | null | undefined;
  readonly mrzLines: ReadonlyArray<string>;
  readonly mrzStatus: MrzStatus;
  readonly placeOfBirth: string | null | undefined;
  readonly sex: string | null | undefined;
  readonly " $fragmentType": "DocumentCard_document";
} | {
  readonly __typename: "PassportDocument";
  readonly address: string | null | undefined;
  readonly createdAt: string;
  readonly dateOfBirth: string | null | undefined;
  readonly dateOfExpiration: string | null | undefined;
  readonly dateOfIssue: string | null | undefined;
  readonly findings: ReadonlyArray<DocumentFinding>;
  readonly firstName: string | null | undefined;
  readonly id: string;
  readonly idNumber: string | null | undefined;
  readonly images: ReadonlyArray<{
    readonly height: number;
    readonly id: string;
    readonly kind: DocumentImageKind;
    readonly width: number;
  }> | null | undefined;
  readonly issuingAuthority: string | null | undefined;
  readonly lastName: string | null | undefined;
  readonly matchLevel: number | null | undefined;
  readonly mrzLines: ReadonlyArray<string>;
  readonly mrzStatus: MrzStatus;
  readonly placeOfBirth: string | null | undefined;
  readonly sex: string | null | undefined;
  readonly " $fragmentType": "DocumentCard_document";
} | {
  readonly __typename: "ReportDocument";
  readonly createdAt: string;
  readonly id: string;
  readonly images: ReadonlyArray<{
    readonly height: number;
    readonly id: string;
    readonly kind: DocumentImageKind;
    readonly width: number;
  }> | null | undefined;
  readonly " $fragmentType": "DocumentCard_document";
} | {
  readonly __typename: "ResidencePermitDocument";
  readonly address: string | null | undefined;
  readonly createdAt: string;
  readonly dateOfBirth: string | null | undefined;
  readonly dateOfExpiration: string | null | undefined;
  readonly dateOfIssue: string | null | undefined;
  readonly findings: ReadonlyArray<DocumentFinding>;
  readonly firstName: string | null | undefined;
  readonly id: string;
  readonly idNumber: string | null | undefined;
  readonly images: ReadonlyArray<{
    readonly height: number;
    readonly id: string;
    readonly kind: DocumentImageKind;
    readonly width: number;
  }> | null | undefined;
  readonly issuingAuthority: string | null | undefined;
  readonly lastName: string | null | undefined;
  readonly matchLevel: number | null | undefined;
  readonly mrzLines: ReadonlyArray<string>;
  readonly mrzStatus: MrzStatus;
  readonly placeOfBirth: string | null | undefined;
  readonly sex: string | null | undefined;
  readonly " $fragmentType": "DocumentCard_document";
} | {
  readonly __typename: "UnclassifiedDocument";
  readonly address: string | null | undefined;
  readonly createdAt: string;
  readonly dateOfBirth: string | null | undefined;
  readonly dateOfExpiration: string | null | undefined;
  readonly dateOfIssue: string | null | undefined;
  readonly findings: ReadonlyArray<DocumentFinding>;
  readonly firstName: string | null | undefined;
  readonly id: string;
  readonly idNumber: string | null | undefined;
  readonly images: ReadonlyArray<{
    readonly height: number;
    readonly id: string;
    readonly kind: DocumentImageKind;
    readonly width: number;
  }> | null | undefined;
  readonly issuingAuthority: string | null | undefined;
  readonly lastName: string | null | undefined;
  readonly matchLevel: number | null | undefined;
  readonly mrzLines: ReadonlyArray<string>;
  readonly mrzStatus: MrzStatus;
  readonly placeOfBirth: string | null | undefined;
  readonly sex: string | null | undefined;
  readonly " $fragmentType": "DocumentCard_document";
} | {
  // This will never be '%other', but we need some
  // value in case none of the concrete values match.
  readonly __typename: "%other";
  readonly " $fragmentType": "DocumentCard_document";
};
export type DocumentCard_document$key = {
  readonly " $data"?: DocumentCard_document$data;
  readonly " $fragmentSpreads": FragmentRefs<"DocumentCard_document">;
};

const node: ReaderFragment = (function(){
var v0 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "createdAt",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "concreteType": "DocumentImage",
  "kind": "LinkedField",
  "name": "images",
  "plural": true,
  "selections": [
    (v0/*:: as any*/),
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "kind",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "width",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "height",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "mrzStatus",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "mrzLines",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "findings",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "matchLevel",
  "storageKey": null
},
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "firstName",
  "storageKey": null
},
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "lastName",
  "storageKey": null
},
v9 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "dateOfBirth",
  "storageKey": null
},
v10 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "address",
  "storageKey": null
},
v11 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "idNumber",
  "storageKey": null
},
v12 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "dateOfIssue",
  "storageKey": null
},
v13 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "dateOfExpiration",
  "storageKey": null
},
v14 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "issuingAuthority",
  "storageKey": null
},
v15 = [
  (v0/*:: as any*/),
  (v1/*:: as any*/),
  (v2/*:: as any*/),
  (v3/*:: as any*/),
  (v4/*:: as any*/),
  (v5/*:: as any*/),
  (v6/*:: as any*/),
  (v7/*:: as any*/),
  (v8/*:: as any*/),
  (v9/*:: as any*/),
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "placeOfBirth",
    "storageKey": null
  },
  {
    "alias": null,
    "args": null,
    "kind": "ScalarField",
    "name": "sex",
    "storageKey": null
  },
  (v10/*:: as any*/),
  (v11/*:: as any*/),
  (v12/*:: as any*/),
  (v13/*:: as any*/),
  (v14/*:: as any*/)
],
v16 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "fullName",
  "storageKey": null
};
return {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "DocumentCard_document",
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
      "selections": (v15/*:: as any*/),
      "type": "IdCardDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v15/*:: as any*/),
      "type": "PassportDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v15/*:: as any*/),
      "type": "ResidencePermitDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": (v15/*:: as any*/),
      "type": "UnclassifiedDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v0/*:: as any*/),
        (v1/*:: as any*/),
        (v2/*:: as any*/),
        (v3/*:: as any*/),
        (v4/*:: as any*/),
        (v5/*:: as any*/),
        (v6/*:: as any*/),
        (v7/*:: as any*/),
        (v8/*:: as any*/),
        (v9/*:: as any*/),
        (v10/*:: as any*/),
        (v11/*:: as any*/),
        (v12/*:: as any*/),
        (v13/*:: as any*/),
        (v14/*:: as any*/)
      ],
      "type": "DriversLicenseDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v0/*:: as any*/),
        (v1/*:: as any*/),
        (v2/*:: as any*/),
        (v3/*:: as any*/),
        (v4/*:: as any*/),
        (v5/*:: as any*/),
        (v6/*:: as any*/),
        (v16/*:: as any*/),
        (v10/*:: as any*/),
        (v11/*:: as any*/),
        (v12/*:: as any*/),
        (v14/*:: as any*/)
      ],
      "type": "CarRegistrationDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v0/*:: as any*/),
        (v1/*:: as any*/),
        (v2/*:: as any*/),
        (v3/*:: as any*/),
        (v4/*:: as any*/),
        (v5/*:: as any*/),
        (v6/*:: as any*/),
        (v16/*:: as any*/),
        (v10/*:: as any*/),
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "docTypes",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "issueDate",
          "storageKey": null
        },
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "issuerName",
          "storageKey": null
        }
      ],
      "type": "AddressProofDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v0/*:: as any*/),
        (v1/*:: as any*/),
        (v2/*:: as any*/),
        (v6/*:: as any*/)
      ],
      "type": "FacePhotoDocument",
      "abstractKey": null
    },
    {
      "kind": "InlineFragment",
      "selections": [
        (v0/*:: as any*/),
        (v1/*:: as any*/),
        (v2/*:: as any*/)
      ],
      "type": "ReportDocument",
      "abstractKey": null
    }
  ],
  "type": "IdentificationDocument",
  "abstractKey": "__isIdentificationDocument"
};
})();

(node as any).hash = "89d7a4c76508b491c90e03793f9a603c";

export default node;

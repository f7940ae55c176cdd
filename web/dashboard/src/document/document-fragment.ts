import { graphql } from 'react-relay/hooks';

/** What the card of a document shows. Documents have no interface in the graph, so each type names its own fields. */
export const DOCUMENT = graphql`
  fragment DocumentCard_document on IdentificationDocument {
    __typename
    ... on IdCardDocument {
      id
      createdAt
      images {
        id
        kind
        width
        height
      }
      mrzStatus
      mrzLines
      mrzFields {
        ...ZoneTable_field
      }
      mrzProblem {
        ...ZoneTable_problem
      }
      findings
      matchLevel
      firstName
      lastName
      dateOfBirth
      placeOfBirth
      sex
      address
      idNumber
      dateOfIssue
      dateOfExpiration
      issuingAuthority
    }
    ... on PassportDocument {
      id
      createdAt
      images {
        id
        kind
        width
        height
      }
      mrzStatus
      mrzLines
      mrzFields {
        ...ZoneTable_field
      }
      mrzProblem {
        ...ZoneTable_problem
      }
      findings
      matchLevel
      firstName
      lastName
      dateOfBirth
      placeOfBirth
      sex
      address
      idNumber
      dateOfIssue
      dateOfExpiration
      issuingAuthority
    }
    ... on ResidencePermitDocument {
      id
      createdAt
      images {
        id
        kind
        width
        height
      }
      mrzStatus
      mrzLines
      mrzFields {
        ...ZoneTable_field
      }
      mrzProblem {
        ...ZoneTable_problem
      }
      findings
      matchLevel
      firstName
      lastName
      dateOfBirth
      placeOfBirth
      sex
      address
      idNumber
      dateOfIssue
      dateOfExpiration
      issuingAuthority
    }
    ... on UnclassifiedDocument {
      id
      createdAt
      images {
        id
        kind
        width
        height
      }
      mrzStatus
      mrzLines
      mrzFields {
        ...ZoneTable_field
      }
      mrzProblem {
        ...ZoneTable_problem
      }
      findings
      matchLevel
      firstName
      lastName
      dateOfBirth
      placeOfBirth
      sex
      address
      idNumber
      dateOfIssue
      dateOfExpiration
      issuingAuthority
    }
    ... on DriversLicenseDocument {
      id
      createdAt
      images {
        id
        kind
        width
        height
      }
      mrzStatus
      mrzLines
      mrzFields {
        ...ZoneTable_field
      }
      mrzProblem {
        ...ZoneTable_problem
      }
      findings
      matchLevel
      firstName
      lastName
      dateOfBirth
      address
      idNumber
      dateOfIssue
      dateOfExpiration
      issuingAuthority
    }
    ... on CarRegistrationDocument {
      id
      createdAt
      images {
        id
        kind
        width
        height
      }
      mrzStatus
      mrzLines
      mrzFields {
        ...ZoneTable_field
      }
      mrzProblem {
        ...ZoneTable_problem
      }
      findings
      matchLevel
      fullName
      address
      idNumber
      dateOfIssue
      issuingAuthority
    }
    ... on AddressProofDocument {
      id
      createdAt
      images {
        id
        kind
        width
        height
      }
      mrzStatus
      mrzLines
      mrzFields {
        ...ZoneTable_field
      }
      mrzProblem {
        ...ZoneTable_problem
      }
      findings
      matchLevel
      fullName
      address
      docTypes
      issueDate
      issuerName
    }
    ... on FacePhotoDocument {
      id
      createdAt
      images {
        id
        kind
        width
        height
      }
      matchLevel
    }
    ... on ReportDocument {
      id
      createdAt
      images {
        id
        kind
        width
        height
      }
    }
  }
`;

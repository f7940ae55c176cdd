import { graphql } from 'react-relay/hooks';

// Documents have no interface in the graph, so each type names its own fields.
export const documentKey = graphql`
  fragment documentKey on IdentificationDocument {
    ... on IdCardDocument {
      id
    }
    ... on PassportDocument {
      id
    }
    ... on ResidencePermitDocument {
      id
    }
    ... on UnclassifiedDocument {
      id
    }
    ... on DriversLicenseDocument {
      id
    }
    ... on CarRegistrationDocument {
      id
    }
    ... on AddressProofDocument {
      id
    }
    ... on FacePhotoDocument {
      id
    }
    ... on ReportDocument {
      id
    }
  }
`;

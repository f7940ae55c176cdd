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

export const imageUrls = graphql`
  fragment imageUrls on IdentificationDocument {
    ... on IdCardDocument {
      images {
        id
        url
      }
    }
    ... on PassportDocument {
      images {
        id
        url
      }
    }
    ... on ResidencePermitDocument {
      images {
        id
        url
      }
    }
    ... on UnclassifiedDocument {
      images {
        id
        url
      }
    }
    ... on DriversLicenseDocument {
      images {
        id
        url
      }
    }
    ... on CarRegistrationDocument {
      images {
        id
        url
      }
    }
    ... on AddressProofDocument {
      images {
        id
        url
      }
    }
    ... on FacePhotoDocument {
      images {
        id
        url
      }
    }
    ... on ReportDocument {
      images {
        id
        url
      }
    }
  }
`;

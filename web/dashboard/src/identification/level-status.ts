import { graphql } from 'react-relay/hooks';

// The statuses of a level have no interface in the graph, so each names its own.
export const levelStatus = graphql`
  fragment levelStatus_info on IdentificationLevelStatusInfo {
    ... on NotSupportedIdentificationLevelStatusInfo {
      status
    }
    ... on NotStartedIdentificationLevelStatusInfo {
      status
    }
    ... on StartedIdentificationLevelStatusInfo {
      status
    }
    ... on PendingIdentificationLevelStatusInfo {
      status
    }
    ... on ValidIdentificationLevelStatusInfo {
      status
      validUntil
    }
    ... on InvalidIdentificationLevelStatusInfo {
      status
      reasons
    }
    ... on CanceledIdentificationLevelStatusInfo {
      status
    }
    ... on ExpiredIdentificationLevelStatusInfo {
      status
      expiredAt
    }
  }
`;

import { graphql, useFragment } from 'react-relay/hooks';
import { WordBadge } from '../app/WordBadge.tsx';
import type { Outcome_request$key } from './__generated__/Outcome_request.graphql.ts';
import { deviceCheck, documentResult, faceMatch, proofingState } from './words.ts';

/** The cells of a table that say what came of a proofing request. */
export function Outcome({ request }: { request: Outcome_request$key }) {
  const data = useFragment(
    graphql`
      fragment Outcome_request on ProofingRequest {
        state
        deviceCheckResult
        documentAuthenticationResult
        faceMatch
        faceMatchScore
      }
    `,
    request,
  );
  return (
    <>
      <td>
        <WordBadge words={proofingState} value={data.state} isPlain />
      </td>
      <td>
        <WordBadge words={deviceCheck} value={data.deviceCheckResult} isPlain />
      </td>
      <td>
        {data.documentAuthenticationResult ? (
          <WordBadge words={documentResult} value={data.documentAuthenticationResult} isPlain />
        ) : (
          '–'
        )}
      </td>
      <td>
        {data.faceMatch === null || data.faceMatch === undefined ? (
          '–'
        ) : (
          <>
            <WordBadge words={faceMatch} value={data.faceMatch ? 'yes' : 'no'} isPlain /> {data.faceMatchScore}
          </>
        )}
      </td>
    </>
  );
}

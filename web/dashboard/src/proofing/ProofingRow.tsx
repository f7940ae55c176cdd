import { Trans } from '@lingui/react/macro';
import { graphql, useFragment } from 'react-relay/hooks';
import { WordBadge } from '../app/WordBadge.tsx';
import { Cells, type Column } from '../ui/Grid.tsx';
import { Time } from '../ui/Time.tsx';
import { UserLink } from '../user/UserLink.tsx';
import type { ProofingRow_request$key } from './__generated__/ProofingRow_request.graphql.ts';
import { deviceCheck, documentResult, faceMatch, proofingState } from './words.ts';

interface Props {
  request: ProofingRow_request$key;
  columns: readonly Column[];
}

export function ProofingRow({ request, columns }: Props) {
  const data = useFragment(
    graphql`
      fragment ProofingRow_request on ProofingRequest {
        requestTime
        state
        deviceCheckResult
        documentAuthenticationResult
        faceMatch
        faceMatchScore
        user @include(if: $users) {
          ...UserLink_user
        }
      }
    `,
    request,
  );
  return (
    <Cells
      columns={columns}
      values={{
        time: <Time at={data.requestTime} />,
        state: <WordBadge words={proofingState} value={data.state} isPlain />,
        device: <WordBadge words={deviceCheck} value={data.deviceCheckResult} isPlain />,
        document: data.documentAuthenticationResult && (
          <WordBadge words={documentResult} value={data.documentAuthenticationResult} isPlain />
        ),
        face: typeof data.faceMatch === 'boolean' && (
          <>
            <WordBadge words={faceMatch} value={data.faceMatch ? 'yes' : 'no'} isPlain /> {data.faceMatchScore}
          </>
        ),
        user: data.user ? <UserLink user={data.user} /> : <Trans>No user</Trans>,
      }}
    />
  );
}

import { graphql, useFragment } from 'react-relay/hooks';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Chip } from '../ui/Badge.tsx';
import { Cells, type Column } from '../ui/Grid.tsx';
import { Time } from '../ui/Time.tsx';
import { UserLink } from '../user/UserLink.tsx';
import type { ResultRow_result$key } from './__generated__/ResultRow_result.graphql.ts';
import { resultScope, resultStatus } from './words.ts';

interface Props {
  result: ResultRow_result$key;
  columns: readonly Column[];
}

export function ResultRow({ result, columns }: Props) {
  const data = useFragment(
    graphql`
      fragment ResultRow_result on VerificationResult {
        status
        scopes
        correlationId
        verifiedAt
        createdAt
        user @include(if: $users) {
          ...UserLink_user
        }
      }
    `,
    result,
  );
  return (
    <Cells
      columns={columns}
      values={{
        user: data.user && <UserLink user={data.user} />,
        status: <WordBadge words={resultStatus} value={data.status} isPlain />,
        scopes: data.scopes?.map((scope) => (
          <Chip key={scope}>
            <WordOf words={resultScope} value={scope} />
          </Chip>
        )),
        correlation: data.correlationId,
        verified: data.verifiedAt && <Time at={data.verifiedAt} />,
        created: <Time at={data.createdAt} />,
      }}
    />
  );
}

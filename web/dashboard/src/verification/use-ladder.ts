import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import type { useLadderQuery } from './__generated__/useLadderQuery.graphql.ts';

/** The verification levels of the project, the lowest first. */
export function useLadder(): readonly { readonly id: string; readonly name: string; readonly index: number }[] {
  const { verificationLevels } = usePageQuery<useLadderQuery>(
    graphql`
      query useLadderQuery {
        verificationLevels {
          id
          name
          index
        }
      }
    `,
    {},
  );
  return (verificationLevels ?? []).toSorted((a, b) => a.index - b.index);
}

import { useLingui } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import { ValuesFilter } from '../ui/Filter.tsx';
import type { EndpointFilterQuery } from './__generated__/EndpointFilterQuery.graphql.ts';

interface Props {
  value: string | null;
  onChange(id: string | null): void;
}

export function EndpointFilter({ value, onChange }: Props) {
  const { t } = useLingui();
  const { webhookSubscriptions } = usePageQuery<EndpointFilterQuery>(
    graphql`
      query EndpointFilterQuery {
        webhookSubscriptions(first: 100) {
          edges {
            node {
              id
              label
            }
          }
        }
      }
    `,
    {},
  );
  const labels = new Map(webhookSubscriptions?.edges.map(({ node }) => [node.id, node.label]));
  return (
    <ValuesFilter
      label={t`Endpoint`}
      values={[...labels.keys()]}
      selected={value === null ? [] : [value]}
      name={(id) => labels.get(id) ?? id}
      isSingle
      onChange={([id]) => onChange(id ?? null)}
    />
  );
}

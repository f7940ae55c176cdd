import { useLingui } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { useWords } from '../app/words.ts';
import { SelectField } from '../ui/Field.tsx';
import type { RoleFieldQuery } from './__generated__/RoleFieldQuery.graphql.ts';
import { inOrder } from './role-order.ts';
import { builtInRole } from './words.ts';

interface Props {
  value: string;
  error: string | undefined;
  onChange(id: string): void;
}

/** Chooses a role. One that holds more than the member's own seat cannot be given. */
export function RoleField({ value, error, onChange }: Props) {
  const { t } = useLingui();
  const seat = useSeat();
  const words = useWords();
  const { roles } = usePageQuery<RoleFieldQuery>(
    graphql`
      query RoleFieldQuery {
        roles {
          id
          name
          builtIn
          permissions
        }
      }
    `,
    {},
  );
  return (
    <SelectField
      label={t`Role`}
      hint={t`A role with more permissions than yours cannot be given.`}
      value={value}
      error={error}
      required
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t`Choose a role`}</option>
      {inOrder(roles ?? []).map(({ id, name, builtIn, permissions }) => (
        <option
          key={id}
          value={id}
          disabled={!seat.can(...permissions.filter((permission) => permission !== 'USERS:MASKED'))}
        >
          {builtIn ? words(builtInRole, builtIn).text : name}
        </option>
      ))}
    </SelectField>
  );
}

import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { graphql, useRelayEnvironment } from 'react-relay/hooks';
import { fetchQuery } from 'relay-runtime';
import { useLocation } from 'wouter';
import type { Period } from '../app/query.ts';
import { useSeat } from '../app/seat.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Popover } from '../ui/Popover.tsx';
import type { GoToQuery } from './__generated__/GoToQuery.graphql.ts';
import { placeIn } from './go-to.ts';
import styles from './user.module.css';

interface Props {
  /** The list of those created until the end of a day, the latest first. */
  onDay(created: Period): void;
}

/** Goes to a user by its number, or to the place of a day in the list. */
export function GoTo({ onDay }: Props) {
  const { t } = useLingui();
  const seat = useSeat();
  const environment = useRelayEnvironment();
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<string>();

  async function go(event: FormEvent<HTMLFormElement>, close: () => void): Promise<void> {
    event.preventDefault();
    setProblem(undefined);
    const place = placeIn(String(new FormData(event.currentTarget).get('place') ?? ''));
    if (place === null) {
      setProblem(t`Write a number, or a day such as 2026-01-31.`);
      return;
    }
    if (place.kind === 'day') {
      close();
      onDay(place.until);
      return;
    }
    const variables = { numbers: [place.number] };
    const data = await fetchQuery<GoToQuery>(environment, QUERY, variables).toPromise();
    const id = data?.users?.edges[0]?.node.id;
    if (!id) {
      setProblem(t`There is no such user, or you may not see it.`);
      return;
    }
    close();
    navigate(seat.to(`/users/${id}`));
  }

  return (
    <Popover look="quiet" label={<Trans>Go to</Trans>}>
      {(close) => (
        <form className={styles.goTo} onSubmit={(event) => void go(event, close)}>
          <Field
            name="place"
            label={t`Number or day of creation`}
            placeholder="302, 2026-01-31"
            autoComplete="off"
            autoFocus
            error={problem}
          />
          <Button type="submit">
            <Trans>Go</Trans>
          </Button>
        </form>
      )}
    </Popover>
  );
}

const QUERY = graphql`
  query GoToQuery($numbers: [Int!]) {
    users(first: 1, filters: { numbers: $numbers }) {
      edges {
        node {
          id
        }
      }
    }
  }
`;

import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { useAction } from '../app/use-action.ts';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { Row } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { ClockCardMutation } from './__generated__/ClockCardMutation.graphql.ts';
import type { ClockCardQuery } from './__generated__/ClockCardQuery.graphql.ts';
import { describe, durationUntil, secondsOf } from './duration.ts';
import styles from './sandbox.module.css';
import { happeningType } from './words.ts';

interface Happening {
  readonly at: string;
  readonly type: string;
  readonly resourceId: string;
}

/** The server moves the clock in parts when much is due; more parts than these are left to another press. */
const MOST_PARTS = 100;

export function ClockCard() {
  const { t } = useLingui();
  const [until, setUntil] = useState('');
  const [left, setLeft] = useState<string | null>(null);
  const [happenings, setHappenings] = useState<readonly Happening[] | null>(null);
  const { sandboxClock: clock } = usePageQuery<ClockCardQuery>(
    graphql`
      query ClockCardQuery {
        sandboxClock {
          now
          ahead
        }
      }
    `,
    {},
  );
  const action = useAction<ClockCardMutation>(graphql`
    mutation ClockCardMutation($input: AdvanceSandboxClockInput!) {
      advanceSandboxClock(input: $input) {
        __typename
        ... on AdvanceSandboxClockSuccessPayload {
          to
          remaining
          happenings {
            at
            type
            resourceId
          }
        }
        ... on Rejection {
          message
        }
      }
    }
  `);
  async function move(by: string): Promise<void> {
    let rest = by;
    let seen: readonly Happening[] = [];
    for (let part = 0; part < MOST_PARTS && (secondsOf(rest) ?? 0) > 0; part += 1) {
      const answer = (await action.run({ input: { by: rest } }))?.advanceSandboxClock;
      if (answer?.remaining === undefined) break;
      rest = answer.remaining;
      seen = [...seen, ...(answer.happenings ?? [])];
      setHappenings(seen);
    }
    setLeft((secondsOf(rest) ?? 0) > 0 ? rest : null);
  }
  if (!clock) return null;
  const way = until === '' ? null : durationUntil(clock.now, new Date(until).toISOString());
  return (
    <Card title={<Trans>Clock of the project</Trans>}>
      <div className={styles.body}>
        <div>
          <p className={styles.now}>
            <Time at={clock.now} style="second" />
          </p>
          <p className={styles.ahead}>
            <Trans>{describe(clock.ahead)} ahead of the server's clock. It never goes back.</Trans>
          </p>
        </div>
        <Row>
          <Button isBusy={action.isBusy} onClick={() => void move('PT1H')}>
            <Trans>+ 1 hour</Trans>
          </Button>
          <Button isBusy={action.isBusy} onClick={() => void move('PT24H')}>
            <Trans>+ 1 day</Trans>
          </Button>
          <Button isBusy={action.isBusy} onClick={() => void move('PT720H')}>
            <Trans>+ 30 days</Trans>
          </Button>
        </Row>
        <form
          className={styles.until}
          onSubmit={(event) => {
            event.preventDefault();
            if (way) void move(way);
          }}
        >
          <Field
            label={t`Until`}
            type="datetime-local"
            value={until}
            onChange={(event) => setUntil(event.target.value)}
          />
          <Button
            type="submit"
            isBusy={action.isBusy}
            refusal={way === null ? t`a time later than the clock is needed` : undefined}
          >
            <Trans>Move there</Trans>
          </Button>
        </form>
        {action.over() && (
          <p className={styles.wrong} role="alert">
            {action.over()}
          </p>
        )}
        {left && (
          <p role="status">
            <Trans>{describe(left)} remain.</Trans>{' '}
            <Button isBusy={action.isBusy} onClick={() => void move(left)}>
              <Trans>Go on</Trans>
            </Button>
          </p>
        )}
      </div>
      {happenings && <Happenings happenings={happenings} />}
    </Card>
  );
}

function Happenings({ happenings }: { happenings: readonly Happening[] }) {
  const { t } = useLingui();
  if (happenings.length === 0) {
    return (
      <p className={styles.done} role="status">
        <Trans>Nothing was due in between.</Trans>
      </p>
    );
  }
  return (
    <Table label={t`What happened`} heads={[{ text: t`Time` }, { text: t`What happened` }, { text: t`Object` }]}>
      {happenings.map(({ at, type, resourceId }, index) => (
        <tr key={index}>
          <td>
            <Time at={at} style="second" />
          </td>
          <td>
            <WordOf words={happeningType} value={type} />
          </td>
          <td>
            <code>{resourceId}</code>
          </td>
        </tr>
      ))}
    </Table>
  );
}

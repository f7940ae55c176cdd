import { Trans, useLingui } from '@lingui/react/macro';
import { graphql, useFragment } from 'react-relay/hooks';
import { WordOf } from '../app/WordBadge.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Note } from '../ui/Page.tsx';
import { Table } from '../ui/Table.tsx';
import { Time } from '../ui/Time.tsx';
import type { DeliveryContent_delivery$key } from './__generated__/DeliveryContent_delivery.graphql.ts';
import styles from './webhook.module.css';
import { failure } from './words.ts';

/** The attempts to deliver, the latest first, and the body as it is sent. */
export function DeliveryContent({ delivery }: { delivery: DeliveryContent_delivery$key }) {
  const { t } = useLingui();
  const { body, attemptLog } = useFragment(
    graphql`
      fragment DeliveryContent_delivery on WebhookEventLog {
        body
        attemptLog {
          at
          statusCode
          durationMilliseconds
          error
        }
      }
    `,
    delivery,
  );
  return (
    <>
      <section className={styles.part}>
        <h3>
          <Trans>Last attempts</Trans>
        </h3>
        {attemptLog && attemptLog.length > 0 ? (
          <Table
            label={t`Last attempts`}
            heads={[
              { text: t`Time` },
              { text: t`Answer`, align: 'end' },
              { text: t`Took`, align: 'end' },
              { text: t`What went wrong` },
            ]}
          >
            {attemptLog.map(({ at, statusCode, durationMilliseconds, error }, index) => (
              <tr key={attemptLog.length - index}>
                <td>
                  <Time at={at} style="second" />
                </td>
                <td data-align="end">{statusCode ?? '–'}</td>
                <td data-align="end">{durationMilliseconds} ms</td>
                <td>{error ? <WordOf words={failure} value={error} /> : '–'}</td>
              </tr>
            ))}
          </Table>
        ) : (
          <Note>
            {attemptLog ? <Trans>Nothing was sent yet.</Trans> : <Trans>Earlier attempts were not recorded.</Trans>}
          </Note>
        )}
      </section>
      <section className={styles.part}>
        <div className={styles.head}>
          <h3>
            <Trans>Body</Trans>
          </h3>
          {body && <CopyButton text={body} label={t`Copy the body`} />}
        </div>
        {body ? (
          <pre className={styles.body} tabIndex={0} aria-label={t`Body`}>
            {body}
          </pre>
        ) : (
          <Note>
            <Trans>Your role does not allow you to see what this delivery contains.</Trans>
          </Note>
        )}
      </section>
    </>
  );
}

import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import { useSeat } from '../app/seat.tsx';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { Distance, Time } from '../ui/Time.tsx';
import type { IdentificationCard_identification$key } from './__generated__/IdentificationCard_identification.graphql.ts';
import { EndDialog } from './EndDialog.tsx';
import { LevelHistory } from './LevelHistory.tsx';
import styles from './identification.module.css';
import { ReasonList } from './ReasonList.tsx';
import {
  IDENTIFICATION_LEVELS,
  identificationLevel,
  identificationProcess,
  identificationStatus,
  identityDocumentType,
} from './words.ts';

/** A run in one of these can still end with a level. */
const OPEN: ReadonlySet<string> = new Set(['NotStarted', 'Started', 'Pending']);

/** A run of an identification: what it was to award, and what came of it. */
export function IdentificationCard({ identification }: { identification: IdentificationCard_identification$key }) {
  const data = useFragment(
    graphql`
      fragment IdentificationCard_identification on Identification {
        id
        version
        process
        status
        createdAt
        updatedAt
        identityDocumentType
        provider
        levelChanges {
          level
          status
          reason
          createdAt
        }
        levels {
          expert {
            ...levelStatus_info @relay(mask: false)
          }
          qes {
            ...levelStatus_info @relay(mask: false)
          }
          pvid {
            ...levelStatus_info @relay(mask: false)
          }
        }
      }
    `,
    identification,
  );
  const seat = useSeat();
  const [ending, setEnding] = useState<'cancel' | 'revoke' | null>(null);
  const isOpen = OPEN.has(data.status);
  const reasons = new Set(IDENTIFICATION_LEVELS.flatMap((level) => data.levels[level].reasons ?? []));
  return (
    <article className={styles.run} aria-label={data.process}>
      <header className={styles.runHead}>
        <h2>
          <WordOf words={identificationProcess} value={data.process} />
        </h2>
        <WordBadge words={identificationStatus} value={data.status} />
        {data.identityDocumentType && (
          <span>
            <WordOf words={identityDocumentType} value={data.identityDocumentType} />
          </span>
        )}
        {data.provider && (
          <span>
            <Trans>by {data.provider}</Trans>
          </span>
        )}
        <span className={styles.when}>
          <Time at={data.updatedAt} />
        </span>
        {seat.can('IDENTIFICATIONS:EDIT') && (
          <span className={styles.actions}>
            {isOpen && (
              <Button onClick={() => setEnding('cancel')}>
                <Trans>Cancel</Trans>
              </Button>
            )}
            {data.status === 'Valid' && (
              <Button onClick={() => setEnding('revoke')}>
                <Trans>Revoke</Trans>
              </Button>
            )}
          </span>
        )}
      </header>
      {ending && <EndDialog identificationId={data.id} kind={ending} onClose={() => setEnding(null)} />}
      {reasons.size > 0 && <ReasonList reasons={[...reasons]} />}
      <dl className={styles.runLevels}>
        {IDENTIFICATION_LEVELS.map((level) => {
          const { status, validUntil, expiredAt } = data.levels[level];
          return (
            <div key={level}>
              <dt>
                <WordOf words={identificationLevel} value={level} />
              </dt>
              <dd>
                {status && <WordBadge words={identificationStatus} value={status} isPlain />}{' '}
                {validUntil && (
                  <span className={styles.until}>
                    <Trans>
                      until <Time at={validUntil} style="date" />
                    </Trans>{' '}
                    (<Distance at={validUntil} />)
                  </span>
                )}
                {expiredAt && (
                  <span className={styles.until}>
                    <Trans>
                      since <Time at={expiredAt} style="date" />
                    </Trans>
                  </span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      <LevelHistory changes={data.levelChanges ?? []} />
      <details className={styles.technical}>
        <summary>
          <Trans>Technical</Trans>
        </summary>
        <dl>
          <dt>id</dt>
          <dd>{data.id}</dd>
          <dt>version</dt>
          <dd>{data.version}</dd>
          <dt>status</dt>
          <dd>{data.status}</dd>
          {reasons.size > 0 && (
            <>
              <dt>reasons</dt>
              <dd>{[...reasons].join(', ')}</dd>
            </>
          )}
          <dt>createdAt</dt>
          <dd>{data.createdAt}</dd>
        </dl>
      </details>
    </article>
  );
}

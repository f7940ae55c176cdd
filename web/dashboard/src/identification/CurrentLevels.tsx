import { Trans } from '@lingui/react/macro';
import { graphql, useFragment } from 'react-relay/hooks';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Card } from '../ui/Panel.tsx';
import { Distance, Time } from '../ui/Time.tsx';
import type { CurrentLevels_user$key } from './__generated__/CurrentLevels_user.graphql.ts';
import styles from './identification.module.css';
import { latestOf } from './latest.ts';
import { ReasonList } from './ReasonList.tsx';
import { IDENTIFICATION_LEVELS, identificationLevel, identificationStatus } from './words.ts';

/** Of a level that is not held: what its last run came to, if that says what is next. */
const TELLING: ReadonlySet<string | undefined> = new Set(['Invalid', 'Pending', 'Started']);

/** The levels that a user holds now, and until when; and why a level was refused last, with what to do about it. */
export function CurrentLevels({ user }: { user: CurrentLevels_user$key }) {
  const data = useFragment(
    graphql`
      fragment CurrentLevels_user on User {
        currentVerificationLevel @include(if: $grants) {
          name
        }
        identificationLevels @include(if: $levels) {
          expert
          qes: QES
          pvid: PVID
        }
        identifications(first: 100) @include(if: $levels) {
          edges {
            node {
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
          }
        }
      }
    `,
    user,
  );
  // In one identification, one level may be valid and another invalid. So each level has its own lookup.
  const runs = data.identifications?.edges.map(({ node }) => node.levels) ?? [];
  const states = IDENTIFICATION_LEVELS.map((level) => {
    const isHeld = data.identificationLevels?.[level] ?? false;
    const valid = runs.map((levels) => levels[level]).filter(({ status }) => status === 'Valid');
    const until = isHeld ? latestOf(valid.map(({ validUntil }) => validUntil ?? null)) : undefined;
    const last = isHeld ? undefined : runs.map((levels) => levels[level]).find(({ status }) => TELLING.has(status));
    return { level, isHeld, until, last };
  });
  const reasons = new Set(states.flatMap(({ last }) => last?.reasons ?? []));
  return (
    <Card title={<Trans>Levels</Trans>}>
      <ul className={styles.current}>
        {states.map(({ level, isHeld, until, last }) => (
          <li key={level} data-held={isHeld || undefined}>
            <span className={styles.levelName}>
              <WordOf words={identificationLevel} value={level} />
            </span>
            {isHeld ? (
              <Badge tone="ok">
                <Trans>Valid</Trans>
              </Badge>
            ) : last?.status ? (
              <WordBadge words={identificationStatus} value={last.status} />
            ) : (
              <Badge tone="off">
                <Trans>Not held</Trans>
              </Badge>
            )}
            <span className={styles.until}>
              {until === null && <Trans>without an end</Trans>}
              {until && (
                <>
                  <Trans>
                    until <Time at={until} style="date" />
                  </Trans>{' '}
                  (<Distance at={until} />)
                </>
              )}
            </span>
          </li>
        ))}
        {data.currentVerificationLevel && (
          <li data-held>
            <span className={styles.levelName}>
              <Trans>Verification level</Trans>
            </span>
            <strong>{data.currentVerificationLevel.name}</strong>
            <span className={styles.until} />
          </li>
        )}
      </ul>
      {reasons.size > 0 && <ReasonList reasons={[...reasons]} />}
    </Card>
  );
}

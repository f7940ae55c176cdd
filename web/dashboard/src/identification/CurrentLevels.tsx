import { Trans } from '@lingui/react/macro';
import { graphql, useFragment } from 'react-relay/hooks';
import { WordOf } from '../app/WordBadge.tsx';
import { Badge } from '../ui/Badge.tsx';
import { Card } from '../ui/Panel.tsx';
import { Distance, Time } from '../ui/Time.tsx';
import type { CurrentLevels_user$key } from './__generated__/CurrentLevels_user.graphql.ts';
import styles from './identification.module.css';
import { latestOf } from './latest.ts';
import { IDENTIFICATION_LEVELS, identificationLevel } from './words.ts';

/** The levels that a user holds now, and until when. */
export function CurrentLevels({ user }: { user: CurrentLevels_user$key }) {
  const data = useFragment(
    graphql`
      fragment CurrentLevels_user on User {
        currentVerificationLevel @include(if: $grants) {
          name
        }
        identifications(first: 100, filters: { statuses: [Valid] }) @include(if: $levels) {
          edges {
            node {
              levels {
                expert {
                  ... on ValidIdentificationLevelStatusInfo {
                    __typename
                    validUntil
                  }
                }
                qes {
                  ... on ValidIdentificationLevelStatusInfo {
                    __typename
                    validUntil
                  }
                }
                pvid {
                  ... on ValidIdentificationLevelStatusInfo {
                    __typename
                    validUntil
                  }
                }
              }
            }
          }
        }
      }
    `,
    user,
  );
  const runs = data.identifications?.edges.map(({ node }) => node.levels) ?? [];
  return (
    <Card title={<Trans>Levels</Trans>}>
      <ul className={styles.current}>
        {IDENTIFICATION_LEVELS.map((level) => {
          const until = latestOf(
            runs.flatMap((levels) => {
              const status = levels[level];
              return status.__typename === 'ValidIdentificationLevelStatusInfo' ? [status.validUntil ?? null] : [];
            }),
          );
          return (
            <li key={level} data-held={until !== undefined || undefined}>
              <span className={styles.levelName}>
                <WordOf words={identificationLevel} value={level} />
              </span>
              {until === undefined ? (
                <Badge tone="off">
                  <Trans>Not held</Trans>
                </Badge>
              ) : (
                <Badge tone="ok">
                  <Trans>Valid</Trans>
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
          );
        })}
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
    </Card>
  );
}

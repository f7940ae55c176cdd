import { useLingui } from '@lingui/react';
import { graphql, useFragment } from 'react-relay/hooks';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Cells, type Column } from '../ui/Grid.tsx';
import { Time } from '../ui/Time.tsx';
import { UserLink } from '../user/UserLink.tsx';
import type { IdentificationRow_identification$key } from './__generated__/IdentificationRow_identification.graphql.ts';
import styles from './identification.module.css';
import { REASONS } from './reasons.ts';
import {
  IDENTIFICATION_LEVELS,
  identificationLevel,
  identificationProcess,
  identificationStatus,
  identityDocumentType,
} from './words.ts';

interface Props {
  identification: IdentificationRow_identification$key;
  columns: readonly Column[];
}

export function IdentificationRow({ identification, columns }: Props) {
  const { i18n } = useLingui();
  const data = useFragment(
    graphql`
      fragment IdentificationRow_identification on Identification {
        process
        status
        updatedAt
        identityDocumentType
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
        user @include(if: $users) {
          ...UserLink_user
        }
      }
    `,
    identification,
  );
  const held = IDENTIFICATION_LEVELS.filter((level) => data.levels[level].status === 'Valid');
  const reasons = new Set(IDENTIFICATION_LEVELS.flatMap((level) => data.levels[level].reasons ?? []));
  const sentences = [...reasons].map((reason) => {
    const words = REASONS[reason];
    return words ? i18n._(words.what) : reason;
  });
  return (
    <Cells
      columns={columns}
      values={{
        user: data.user && <UserLink user={data.user} />,
        process: <WordOf words={identificationProcess} value={data.process} />,
        status: <WordBadge words={identificationStatus} value={data.status} isPlain />,
        levels: held.length > 0 && (
          <span className={styles.levels}>
            {held.map((level) => (
              <WordBadge key={level} words={{ [level]: { ...identificationLevel[level], tone: 'ok' } }} value={level} isPlain />
            ))}
          </span>
        ),
        reasons: sentences.join(' '),
        document: data.identityDocumentType && (
          <WordOf words={identityDocumentType} value={data.identityDocumentType} />
        ),
        updated: <Time at={data.updatedAt} />,
      }}
    />
  );
}

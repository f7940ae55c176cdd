import { Trans, useLingui } from '@lingui/react/macro';
import { graphql, useFragment } from 'react-relay/hooks';
import { Badge } from '../ui/Badge.tsx';
import type { HeldLevels_levels$key } from './__generated__/HeldLevels_levels.graphql.ts';
import styles from './identification.module.css';

/** The levels that a user holds; a level that it does not hold has a dash. */
export function HeldLevels({ levels }: { levels: HeldLevels_levels$key }) {
  const { t } = useLingui();
  const data = useFragment(
    graphql`
      fragment HeldLevels_levels on IdentificationLevels {
        expert
        QES
        PVID
      }
    `,
    levels,
  );
  const held = [
    { name: 'expert', isHeld: data.expert },
    { name: 'qes', isHeld: data.QES },
    { name: 'PVID', isHeld: data.PVID },
  ].filter(({ isHeld }) => isHeld);
  if (held.length === 0) {
    return (
      <span className={styles.nothing}>
        <Trans>None</Trans>
      </span>
    );
  }
  return (
    <span className={styles.levels}>
      {held.map(({ name }) => (
        <Badge key={name} tone="ok" isPlain title={t`Valid for ${name}`}>
          {name}
        </Badge>
      ))}
    </span>
  );
}

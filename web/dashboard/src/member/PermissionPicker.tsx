// Chooses permissions. One that the member does not hold cannot be given, and one that does not go with tag limits is off
// while there are any.

import { useLingui } from '@lingui/react/macro';
import { useSeat } from '../app/seat.tsx';
import { groupsOf } from './groups.ts';
import styles from './member.module.css';
import { usePermissionWords } from './use-permission-words.ts';

export interface Permission {
  readonly name: string;
  readonly description: string;
  readonly goesWithTagLimits: boolean;
}

interface Props {
  legend: string;
  permissions: readonly Permission[];
  chosen: readonly string[];
  hasTagLimits?: boolean;
  error?: string | undefined;
  onChange(chosen: readonly string[]): void;
}

export function PermissionPicker({ legend, permissions, chosen, hasTagLimits = false, error, onChange }: Props) {
  const { t } = useLingui();
  const seat = useSeat();
  const words = usePermissionWords();
  const refusalOf = (permission: Permission): string | null => {
    if (!seat.can(permission.name)) return t`you do not hold it`;
    if (hasTagLimits && !permission.goesWithTagLimits) return t`does not go with tag limits`;
    return null;
  };
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  return (
    <fieldset className={styles.picker}>
      <legend>{legend}</legend>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      <div className={styles.choices}>
        {groupsOf(permissions).map((group) => (
          <div key={group.name}>
            {group.permissions.map((permission) => {
              const refusal = refusalOf(permission);
              return (
                <label key={permission.name} className={styles.choice} data-off={refusal !== null || undefined}>
                  <input
                    type="checkbox"
                    checked={chosen.includes(permission.name)}
                    disabled={refusal !== null && !chosen.includes(permission.name)}
                    onChange={() => toggle(permission.name)}
                  />
                  <span>
                    <code>{permission.name}</code>
                    <span className={styles.what}>
                      {words(permission)}
                      {refusal && ` (${refusal})`}
                    </span>
                  </span>
                </label>
              );
            })}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

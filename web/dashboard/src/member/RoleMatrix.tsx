import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Fragment } from 'react';
import { Icon } from '../ui/icon.tsx';
import { groupsOf } from './groups.ts';
import styles from './member.module.css';
import type { Permission } from './PermissionPicker.tsx';
import { RoleName } from './RoleName.tsx';
import type { Role } from './RolesPage.tsx';
import { usePermissionWords } from './use-permission-words.ts';

interface Props {
  roles: readonly Role[];
  permissions: readonly Permission[];
}

/** Which role holds which permission, and what each opens. */
export function RoleMatrix({ roles, permissions }: Props) {
  const { t } = useLingui();
  const words = usePermissionWords();
  return (
    <div className={styles.frame} role="region" tabIndex={0} aria-label={t`Permissions of the roles`}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Permission</Trans>
            </th>
            {roles.map((role) => (
              <th key={role.id} scope="col">
                <RoleName role={role} />
                <small>
                  <Plural value={role.memberCount} one="# member" other="# members" />
                </small>
                {role.isMasked && (
                  <small>
                    <Trans>masked</Trans>
                  </small>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groupsOf(permissions).map((group) => (
            <Fragment key={group.name}>
              <tr className={styles.group}>
                <th colSpan={roles.length + 1} scope="rowgroup">
                  {group.name}
                </th>
              </tr>
              {group.permissions.map((permission) => (
                <tr key={permission.name}>
                  <th scope="row">
                    <code>{permission.name}</code>
                    <span className={styles.what}>{words(permission)}</span>
                  </th>
                  {roles.map((role) => {
                    const holds = role.permissions.includes(permission.name);
                    return (
                      <td key={role.id} data-off={!holds || undefined}>
                        {holds ? <Icon name="check" /> : <span aria-hidden="true">–</span>}
                        <span className="visually-hidden">{holds ? <Trans>yes</Trans> : <Trans>no</Trans>}</span>
                      </td>
                    );
                  })}
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

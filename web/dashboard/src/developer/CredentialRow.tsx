import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Row } from '../ui/Page.tsx';
import { Distance, Time } from '../ui/Time.tsx';
import type { CredentialRow_credential$key } from './__generated__/CredentialRow_credential.graphql.ts';
import styles from './developer.module.css';
import { RevokeDialog } from './RevokeDialog.tsx';
import { RotateDialog } from './RotateDialog.tsx';

/** So many names are shown at once; more are opened. */
const FEW = 3;

export function CredentialRow({ credential }: { credential: CredentialRow_credential$key }) {
  const { t } = useLingui();
  const [isRevoking, setRevoking] = useState(false);
  const [isRotating, setRotating] = useState(false);
  const data = useFragment(
    graphql`
      fragment CredentialRow_credential on Credential {
        id
        clientId
        number
        label
        permissions
        tagLimits
        createdAt
        revokedAt
        lastUsedAt
        createdBy {
          __typename
          label
        }
      }
    `,
    credential,
  );
  const { label, permissions } = data;
  return (
    <tr>
      <td data-align="end" data-label={t`No.`}>{data.number}</td>
      <td data-label={t`Label`}>
        <div>
          <strong>{label}</strong>
          <br />
          <code>{data.clientId}</code>
        </div>
      </td>
      <td data-label={t`Permissions`}>
        <div className={styles.permissions}>
          {permissions.length <= FEW ? (
            permissions.join(', ') || '–'
          ) : (
            <details>
              <summary className={styles.all}>
                <Plural value={permissions.length} one="# permission" other="# permissions" />
              </summary>
              {permissions.join(', ')}
            </details>
          )}
        </div>
      </td>
      <td data-label={t`Limited to`}>{data.tagLimits?.join(', ') ?? '–'}</td>
      <td data-label={t`Created`}>
        <div>
          <Time at={data.createdAt} style="date" />
          {data.createdBy && (
            <>
              <br />
              <Trans>by {data.createdBy.label}</Trans>
            </>
          )}
        </div>
      </td>
      <td data-label={t`Last used`}>
        {data.lastUsedAt ? <Distance at={data.lastUsedAt} /> : <Trans>Never</Trans>}
      </td>
      <td data-label={t`State`}>
        {data.revokedAt ? (
          <Badge tone="off">
            <Trans>Revoked</Trans> <Time at={data.revokedAt} style="date" />
          </Badge>
        ) : (
          <Badge tone="ok">
            <Trans>Active</Trans>
          </Badge>
        )}
      </td>
      <td data-align="end">
        {!data.revokedAt && (
          <Row>
            <Button aria-label={t`New secrets for ${label}`} onClick={() => setRotating(true)}>
              <Trans>New secrets</Trans>
            </Button>
            <Button aria-label={t`Revoke ${label}`} onClick={() => setRevoking(true)}>
              <Trans>Revoke</Trans>
            </Button>
          </Row>
        )}
        {isRotating && <RotateDialog credential={{ id: data.id, label }} onClose={() => setRotating(false)} />}
        {isRevoking && <RevokeDialog credential={{ id: data.id, label }} onClose={() => setRevoking(false)} />}
      </td>
    </tr>
  );
}

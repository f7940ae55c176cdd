import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { Part } from '../app/Part.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { Badge, Chip } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { Fact, Facts, Table } from '../ui/Table.tsx';
import { RoleName } from '../member/RoleName.tsx';
import type { SignInPageProvidersQuery } from './__generated__/SignInPageProvidersQuery.graphql.ts';
import type { SignInPageQuery } from './__generated__/SignInPageQuery.graphql.ts';
import { PasskeysOnlyDialog } from './PasskeysOnlyDialog.tsx';
import { SessionLimitsDialog } from './SessionLimitsDialog.tsx';

/** How members sign in to the project, and for how long. */
export function SignInPage() {
  const [open, setOpen] = useState<'sessions' | 'passkeys' | null>(null);
  const { viewer } = usePageQuery<SignInPageQuery>(
    graphql`
      query SignInPageQuery {
        viewer {
          settings {
            idleMinutes
            sessionHours
            passkeysOnly
          }
        }
      }
    `,
    {},
  );
  const settings = viewer?.settings;
  if (!settings) return null;
  const close = () => setOpen(null);
  return (
    <>
      <Card
        title={<Trans>How long members stay signed in</Trans>}
        actions={
          <Button onClick={() => setOpen('sessions')}>
            <Trans>Change</Trans>
          </Button>
        }
      >
        <Facts>
          <Fact name={<Trans>Without activity</Trans>}>
            <Plural value={settings.idleMinutes} one="# minute" other="# minutes" />
          </Fact>
          <Fact name={<Trans>In any case</Trans>}>
            <Plural value={settings.sessionHours} one="# hour" other="# hours" />
          </Fact>
        </Facts>
        <Note>
          <Trans>Of a member of several projects, the shorter times count.</Trans>
        </Note>
      </Card>
      <Card
        title={<Trans>Passkeys only</Trans>}
        actions={
          <Button onClick={() => setOpen('passkeys')}>
            {settings.passkeysOnly ? <Trans>Allow the other ways</Trans> : <Trans>Allow passkeys only</Trans>}
          </Button>
        }
      >
        <Facts>
          <Fact name={<Trans>Members enter this project</Trans>}>
            {settings.passkeysOnly ? <Trans>By passkey only</Trans> : <Trans>In every way that is offered</Trans>}
          </Fact>
        </Facts>
        <Note>
          <Trans>
            A passkey cannot be guessed, and not be given to a false page. A member that has signed in in another way is
            asked for its passkey.
          </Trans>
        </Note>
      </Card>
      <Card title={<Trans>Company sign-in</Trans>}>
        <Part rows={1}>
          <Providers />
        </Part>
        <Note>
          <Trans>
            Operators of the server add identity providers and give groups a role, by <code>verigraph oidc</code>.
          </Trans>
        </Note>
      </Card>
      {open === 'sessions' && (
        <SessionLimitsDialog minutes={settings.idleMinutes} hours={settings.sessionHours} onClose={close} />
      )}
      {open === 'passkeys' && <PasskeysOnlyDialog isOn={settings.passkeysOnly} onClose={close} />}
    </>
  );
}

function Providers() {
  const { t } = useLingui();
  const { identityProviders } = usePageQuery<SignInPageProvidersQuery>(
    graphql`
      query SignInPageProvidersQuery {
        identityProviders {
          label
          issuer
          isExclusive
          groupRoles {
            group
            tagLimits
            rank
            role {
              id
              name
              builtIn
            }
          }
        }
      }
    `,
    {},
  );
  if (!identityProviders || identityProviders.length === 0) {
    return (
      <p>
        <Trans>There is none.</Trans>
      </p>
    );
  }
  return identityProviders.map(({ label, issuer, isExclusive, groupRoles }) => (
    <section key={label} aria-label={label}>
      <Facts>
        <Fact name={label}>
          <code>{issuer}</code>{' '}
          {isExclusive && (
            <Badge tone="info">
              <Trans>The only way to sign in</Trans>
            </Badge>
          )}
        </Fact>
      </Facts>
      {groupRoles.length === 0 ? (
        <p>
          <Trans>No group has a role in this project.</Trans>
        </p>
      ) : (
        <Table
          label={t`Groups of ${label}`}
          isStacked
          heads={[{ text: t`Rank`, align: 'end' }, { text: t`Group` }, { text: t`Role` }, { text: t`Limited to` }]}
        >
          {groupRoles.map(({ group, role, tagLimits, rank }) => (
            <tr key={group}>
              <td data-align="end" data-label={t`Rank`}>{rank}</td>
              <td data-label={t`Group`}>{group}</td>
              <td data-label={t`Role`}>{role ? <RoleName role={role} /> : '–'}</td>
              <td data-label={t`Limited to`}>{tagLimits?.map((tag) => <Chip key={tag}>{tag}</Chip>) ?? '–'}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  ));
}

export default SignInPage;

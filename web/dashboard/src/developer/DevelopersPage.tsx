import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Changes } from '../app/Changes.tsx';
import { Part } from '../app/Part.tsx';
import { useSeat } from '../app/seat.tsx';
import { useTitle } from '../app/use-title.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Note, Page } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { Table } from '../ui/Table.tsx';
import { Credentials } from './Credentials.tsx';
import styles from './developer.module.css';
import { Integrations } from './Integrations.tsx';
import { INTERFACES, queryCommand, tokenCommand } from './interfaces.ts';
import { NewCredentialDialog } from './NewCredentialDialog.tsx';

export function DevelopersPage() {
  const { t } = useLingui();
  const seat = useSeat();
  const [isCreating, setCreating] = useState(false);
  useTitle(t`Developers`);
  return (
    <Changes>
      <Page
        title={<Trans>Developers</Trans>}
        actions={
          <Button tone="primary" icon="plus" onClick={() => setCreating(true)}>
            <Trans>New credential</Trans>
          </Button>
        }
      >
        <Card title={<Trans>Credentials</Trans>}>
          <Part>
            <Credentials />
          </Part>
        </Card>
        {seat.can('RESULTS:VIEW') && (
          <Card title={<Trans>Integrations</Trans>}>
            <Part>
              <Integrations />
            </Part>
          </Card>
        )}
        <Addresses />
        {isCreating && <NewCredentialDialog onClose={() => setCreating(false)} />}
      </Page>
    </Changes>
  );
}

function Addresses() {
  const { t, i18n } = useLingui();
  const { origin } = window.location;
  const commands = `${tokenCommand(origin, null)}\n${queryCommand(origin)}`;
  return (
    <>
      <Card title={<Trans>Addresses</Trans>}>
        <Table label={t`Addresses`} heads={[{ text: t`Interface` }, { text: t`Address` }, { text: t`Signed in by` }]}>
          {INTERFACES.map(({ name, path, signIn }) => (
            <tr key={path}>
              <td>{i18n._(name)}</td>
              <td>
                <code className={styles.address}>
                  {origin}
                  {path}
                </code>
              </td>
              <td>{i18n._(signIn)}</td>
            </tr>
          ))}
        </Table>
      </Card>
      <Card title={<Trans>First call</Trans>} actions={<CopyButton text={commands} label={t`Copy the commands`} />}>
        <Note>
          <Trans>Put the client id and the secret of a credential in their places.</Trans>
        </Note>
        <pre className={styles.code} tabIndex={0} aria-label={t`Commands`}>
          {commands}
        </pre>
      </Card>
    </>
  );
}

export default DevelopersPage;

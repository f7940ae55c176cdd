import { Trans, useLingui } from '@lingui/react/macro';
import { Redirect, useParams } from 'wouter';
import { Changes } from '../app/Changes.tsx';
import { Part } from '../app/Part.tsx';
import { useSeat } from '../app/seat.tsx';
import { Tabs } from '../app/Tabs.tsx';
import { useTitle } from '../app/use-title.ts';
import { Page } from '../ui/Page.tsx';
import { Message } from '../ui/Panel.tsx';
import { SETTINGS } from './parts.ts';

export function SettingsPage() {
  const { t, i18n } = useLingui();
  const seat = useSeat();
  const { part } = useParams<{ part?: string }>();
  const parts = SETTINGS.filter(({ needs }) => seat.can(needs));
  const current = parts.find(({ path }) => path === part);
  useTitle(current ? i18n._(current.name) : t`Settings`);
  const first = parts[0];
  if (part === undefined && first) return <Redirect to={seat.to(`/settings/${first.path}`)} replace />;
  const Content = current?.component;
  return (
    <Page
      title={<Trans>Settings</Trans>}
      tabs={
        <Tabs
          label={t`Parts of the settings`}
          links={parts.map(({ path, name }) => ({
            href: seat.to(`/settings/${path}`),
            name,
            isHere: path === part,
          }))}
        />
      }
    >
      {Content ? (
        <Changes key={part}>
          <Part>
            <Content />
          </Part>
        </Changes>
      ) : (
        <Message title={<Trans>There is no such page, or your role does not open it</Trans>} />
      )}
    </Page>
  );
}

export default SettingsPage;

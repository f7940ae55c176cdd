import { Plural, Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { Button } from '../ui/Button.tsx';
import { Note } from '../ui/Page.tsx';
import { Card } from '../ui/Panel.tsx';
import { Fact, Facts } from '../ui/Table.tsx';
import type { ProjectPageQuery } from './__generated__/ProjectPageQuery.graphql.ts';
import { NameSearchDialog } from './NameSearchDialog.tsx';
import { SessionLimitsDialog } from './SessionLimitsDialog.tsx';
import { nameSearch } from './words.ts';

/** How long members stay signed in, and whether users are searched by name. */
export function ProjectPage() {
  const [open, setOpen] = useState<'sessions' | 'names' | null>(null);
  const { viewer } = usePageQuery<ProjectPageQuery>(
    graphql`
      query ProjectPageQuery {
        viewer {
          settings {
            nameSearch
            nameIndexPercent
            idleMinutes
            sessionHours
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
        title={<Trans>Search by name</Trans>}
        actions={
          <Button onClick={() => setOpen('names')}>
            <Trans>Change</Trans>
          </Button>
        }
      >
        <Facts>
          <Fact name={<Trans>Users are found</Trans>}>
            <WordOf words={nameSearch} value={settings.nameSearch} />
          </Fact>
          {settings.nameIndexPercent != null && (
            <Fact name={<Trans>Index</Trans>}>
              {settings.nameIndexPercent === 100 ? (
                <Trans>complete</Trans>
              ) : (
                <Trans>{settings.nameIndexPercent} % are done; until then, names are opened and compared</Trans>
              )}
            </Fact>
          )}
        </Facts>
        <Note>
          {settings.nameSearch === 'Index' ? (
            <Trans>Names are sealed. Users are found by keyed hashes of their words, which many users share.</Trans>
          ) : (
            <Trans>Names are sealed. A search opens them and stores nothing.</Trans>
          )}
        </Note>
      </Card>
      {open === 'sessions' && (
        <SessionLimitsDialog minutes={settings.idleMinutes} hours={settings.sessionHours} onClose={close} />
      )}
      {open === 'names' && <NameSearchDialog now={settings.nameSearch} onClose={close} />}
    </>
  );
}

export default ProjectPage;

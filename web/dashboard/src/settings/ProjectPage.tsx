import { Trans } from '@lingui/react/macro';
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
import { nameSearch } from './words.ts';

/** Whether users are searched by name. */
export function ProjectPage() {
  const [isOpen, setOpen] = useState(false);
  const { viewer } = usePageQuery<ProjectPageQuery>(
    graphql`
      query ProjectPageQuery {
        viewer {
          settings {
            nameSearch
            nameIndexPercent
          }
        }
      }
    `,
    {},
  );
  const settings = viewer?.settings;
  if (!settings) return null;
  return (
    <>
      <Card
        title={<Trans>Search by name</Trans>}
        actions={
          <Button onClick={() => setOpen(true)}>
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
      {isOpen && <NameSearchDialog now={settings.nameSearch} onClose={() => setOpen(false)} />}
    </>
  );
}

export default ProjectPage;

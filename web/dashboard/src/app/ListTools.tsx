// What can be done with a list as a whole: which columns it shows, its saved views, and a file of it.

import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useState } from 'react';
import { useLocation } from 'wouter';
import { Button } from '../ui/Button.tsx';
import type { Column } from '../ui/Grid.tsx';
import { Popover } from '../ui/Popover.tsx';
import { VIEW_PAGES } from '../view/pages.ts';
import { exportList, type FileFormat, type ListFile } from './export.ts';
import { lazyPage } from './lazy-page.ts';
import styles from './ListTools.module.css';
import { useSeat } from './seat.tsx';

// The texts of the other pages come with it.
const SavedViews = lazyPage(() => import('../view/SavedViews.tsx'));

interface Props {
  columns: readonly Column[];
  hidden: readonly string[];
  onHide(hidden: readonly string[]): void;
  file?: ListFile | undefined;
}

export function ListTools({ columns, hidden, onHide, file }: Props) {
  const seat = useSeat();
  return (
    <>
      <Columns columns={columns} hidden={hidden} onHide={onHide} />
      <Views />
      {file && seat.can('DATA:EXPORT') && <Export file={file} />}
    </>
  );
}

function Views() {
  const seat = useSeat();
  const [path] = useLocation();
  const page = VIEW_PAGES[path.slice(seat.to('').length)];
  if (!page) return null;
  return (
    <Popover look="quiet" label={<Trans>Views</Trans>}>
      {(close) => (
        <Suspense fallback={null}>
          <SavedViews page={page} onClose={close} />
        </Suspense>
      )}
    </Popover>
  );
}

/** The first column names the row and is always there. */
function Columns({ columns, hidden, onHide }: Omit<Props, 'file'>) {
  return (
    <Popover look="quiet" label={<Trans>Columns</Trans>}>
      {() => (
        <fieldset>
          <legend className="visually-hidden">
            <Trans>Columns</Trans>
          </legend>
          {columns
            .filter(({ card }) => card !== 'title')
            .map(({ key, head }) => (
              <label key={key} className={styles.option}>
                <input
                  type="checkbox"
                  checked={!hidden.includes(key)}
                  onChange={() =>
                    onHide(hidden.includes(key) ? hidden.filter((other) => other !== key) : [...hidden, key])
                  }
                />
                {head}
              </label>
            ))}
        </fieldset>
      )}
    </Popover>
  );
}

function Export({ file }: { file: ListFile }) {
  const { t } = useLingui();
  const seat = useSeat();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function run(format: FileFormat, close: () => void): Promise<void> {
    setBusy(true);
    setProblem(null);
    close();
    try {
      await exportList(seat.membership.project.id, file, format);
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      setProblem(message || t`The file is not complete. Try again.`);
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <Popover look="quiet" label={isBusy ? <Trans>Exporting…</Trans> : <Trans>Export</Trans>}>
        {(close) => (
          <div className={styles.formats}>
            <p>
              <Trans>All rows of this list with its filters, up to 100,000. The export is written in the audit.</Trans>
            </p>
            <Button isBusy={isBusy} onClick={() => void run('csv', close)}>
              <Trans>CSV, for spreadsheets</Trans>
            </Button>
            <Button isBusy={isBusy} onClick={() => void run('ndjson', close)}>
              <Trans>JSON, a row in each line</Trans>
            </Button>
          </div>
        )}
      </Popover>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </>
  );
}

// An endless list in the grid, with what it shows while there are no rows.

import { Trans } from '@lingui/react/macro';
import { type ReactNode, useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/Button.tsx';
import { type Column, Grid } from '../ui/Grid.tsx';
import { Message, Skeleton } from '../ui/Panel.tsx';
import { useNumber } from './use-number.ts';
import { ErrorMessage } from './ErrorMessage.tsx';
import styles from './ListBody.module.css';
import type { PagesView } from './use-pages.ts';

interface Props<Row> {
  label: string;
  columns: readonly Column[];
  view: PagesView<Row>;
  total: number | null;
  cells(row: Row, isBrief: boolean): ReactNode;
  onOpen(row: Row): void;
  isFiltered: boolean;
  onDropFilters(): void;
  /** Why there is nothing without a filter, and what to do. */
  empty: { title: ReactNode; text: ReactNode; actions?: ReactNode };
}

export function ListBody<Row extends { readonly id: string }>(props: Props<Row>) {
  const { view, total, isFiltered, onDropFilters, empty } = props;
  const { pages, count, error, loaded, isFirstLoading, side } = view;
  const [visible] = useState(createRange);
  const onVisible = useCallback(
    (first: number, last: number, focused: number) => {
      visible.set([first, last]);
      pages.ensure(first, last, focused);
    },
    [pages, visible],
  );
  // The grid is another one after that, so the focus has to be put back.
  const byKey = useRef(false);
  function restart(from: 'start' | 'end'): void {
    byKey.current = true;
    pages.restart(from);
  }
  if (error !== null && loaded === 0) return <ErrorMessage error={error} onRetry={() => pages.retry()} />;
  if (isFirstLoading) return <Skeleton rows={14} />;
  if (loaded === 0 && isFiltered) {
    return (
      <Message
        icon="search"
        title={<Trans>Nothing matches these filters</Trans>}
        actions={
          <Button onClick={onDropFilters}>
            <Trans>Drop the filters</Trans>
          </Button>
        }
      />
    );
  }
  if (loaded === 0) {
    return (
      <Message title={empty.title} actions={empty.actions}>
        {empty.text}
      </Message>
    );
  }
  const offset = side === 'end' && total !== null ? Math.max(total - count, 0) : 0;
  return (
    <>
      <Grid
        label={props.label}
        columns={props.columns}
        count={count}
        total={total}
        isFromEnd={side === 'end'}
        row={(index) => pages.row(index)}
        keyOf={(row) => row.id}
        cells={props.cells}
        onVisible={onVisible}
        onOpen={props.onOpen}
        hasFocus={byKey.current}
        onHome={() => restart('start')}
        onEnd={() => restart('end')}
      />
      <footer className={styles.foot}>
        {error !== null ? (
          <span role="alert" className={styles.error}>
            <Trans>The next rows could not be read.</Trans>{' '}
            <Button tone="quiet" onClick={() => pages.retry()}>
              <Trans>Try again</Trans>
            </Button>
          </span>
        ) : (
          (side === 'start' || total !== null) && <Place visible={visible} offset={offset} total={total} />
        )}
      </footer>
    </>
  );
}

type Range = readonly [first: number, last: number];

interface VisibleRange {
  get(): Range;
  set(range: Range): void;
  subscribe(listener: () => void): () => void;
}

/** Which rows are on the screen. It changes with each turn of the wheel, which must not draw the list anew. */
function createRange(): VisibleRange {
  const listeners = new Set<() => void>();
  let range: Range = [0, 0];
  return {
    get: () => range,
    set(next) {
      range = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function Place({ visible, offset, total }: { visible: VisibleRange; offset: number; total: number | null }) {
  const number = useNumber();
  const [first, last] = useSyncExternalStore(visible.subscribe, visible.get);
  return (
    <span>
      {number(first + offset + 1)}–{number(Math.min(last + offset + 1, total ?? Number.POSITIVE_INFINITY))}
      {total !== null && (
        <>
          {' '}
          <Trans>of {number(total)}</Trans>
        </>
      )}
    </span>
  );
}

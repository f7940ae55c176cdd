// A list of any length of which only the rows on the screen are in the page. One tab stop; the arrows, Page, Home and End
// go through the rows, and Enter opens one.

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styles from './Grid.module.css';
import { useMedia } from './use-media.ts';

export interface Column {
  key: string;
  head: ReactNode;
  /** Width in the manner of CSS grids: `120px`, `minmax(120px, 2fr)`. */
  width: string;
  align?: 'end';
  /** Where the cell goes when the list is shown as cards; not shown there if left out. */
  card?: 'title' | 'side' | 'line';
  /** What the head says when the pointer rests on it. */
  note?: string;
  /** Identifiers and figures; what the row is known by. */
  look?: 'mono' | 'strong';
}

/** A column that only some readers have. */
export function columnIf(isThere: boolean, column: Column): Column[] {
  return isThere ? [column] : [];
}

interface Props<Row> {
  label: string;
  columns: readonly Column[];
  /** Rows known so far, the ones that are still to come included. */
  count: number;
  /** Rows of the whole list, if known. */
  total: number | null;
  /** The list is read from its end: rows come in on top. */
  isFromEnd?: boolean;
  /** The list was begun anew by a key pressed in it: the focus stays in it. */
  hasFocus?: boolean;
  row(index: number): Row | undefined;
  keyOf(row: Row): string;
  /** The cells of a row, one for each column. The first two are enough of a row that the reader rushes past. */
  cells(row: Row, isBrief: boolean): ReactNode;
  /** Which rows are on the screen, and which has the focus, on the screen or not. */
  onVisible(first: number, last: number, focused: number): void;
  onOpen(row: Row): void;
  onHome(): void;
  onEnd(): void;
}

const ROW = 40;
const CARD = 84;
/** So many rows between two frames are too many to read more of them than the first cells. */
const FAST = 12;

export function Grid<Row>(props: Props<Row>) {
  const { label, columns, count, total, isFromEnd = false, hasFocus = false, row, keyOf, cells, onVisible, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const isCards = useMedia('(max-width: 767px)');
  const height = isCards ? CARD : ROW;
  const [active, setActive] = useState(isFromEnd ? count - 1 : 0);
  const current = Math.min(active, Math.max(count - 1, 0));

  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    // The row that has the focus stays in the page when it leaves the screen.
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      if (count > 0 && !indexes.includes(current)) indexes.push(current);
      return indexes.sort((a, b) => a - b);
    },
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);

  // On paper the whole of what was loaded stands, not the part on the screen.
  const isPrinting = useMedia('print');
  const items = isPrinting
    ? Array.from({ length: count }, (_, index) => ({ index, start: index * height, size: height })).filter(
        ({ index }) => row(index) !== undefined,
      )
    : virtualizer.getVirtualItems();
  const range = virtualizer.range;
  const first = range?.startIndex ?? 0;
  const last = range?.endIndex ?? 0;
  const drawn = useRef({ first, isBrief: false });
  if (first !== drawn.current.first || !virtualizer.isScrolling) {
    const isBrief = virtualizer.isScrolling && Math.abs(first - drawn.current.first) > FAST;
    drawn.current = { first, isBrief };
  }
  useEffect(() => {
    if (count > 0) onVisible(first, last, current);
  }, [count, first, last, current, onVisible]);

  // Rows that come in on top must not move those on the screen.
  const before = useRef<number | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    const added = before.current === null ? null : count - before.current;
    before.current = count;
    if (!element) return;
    if (added === null) {
      if (isFromEnd) element.scrollTop = element.scrollHeight;
      if (hasFocus) element.focus({ preventScroll: true });
    } else if (isFromEnd && added !== 0) {
      element.scrollTop += added * height;
      setActive((index) => index + added);
    }
    // The height changes with the width of the screen, which moves nothing here.
  }, [count, isFromEnd]);

  /** The place of the first row of this list within the whole one. */
  const offset = isFromEnd && total !== null ? Math.max(total - count, 0) : 0;

  function go(index: number): void {
    const next = Math.max(0, Math.min(count - 1, index));
    setActive(next);
    virtualizer.scrollToIndex(next, { align: 'auto' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 1);
    const steps: Record<string, () => void> = {
      ArrowDown: () => go(current + 1),
      ArrowUp: () => go(current - 1),
      PageDown: () => go(current + page),
      PageUp: () => go(current - page),
      Home: () => {
        if (isFromEnd) props.onHome();
        go(0);
      },
      End: () => {
        const isWhole = total === count || (total === null && row(count - 1) !== undefined);
        if (isWhole) go(count - 1);
        else props.onEnd();
      },
      Enter: () => {
        const found = row(current);
        if (found) onOpen(found);
      },
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    step();
  }

  // Rows are as wide as their columns' least widths, so that all of them have the same columns.
  const least = columns.reduce((sum, { width }) => sum + Number.parseInt(/\d+/.exec(width)?.[0] ?? '0', 10), 16);
  const template = {
    '--columns': columns.map(({ width }) => width).join(' '),
    '--least': `${least}px`,
  } as CSSProperties;
  return (
    <div
      ref={scroller}
      className={styles.grid}
      style={template}
      role="grid"
      aria-label={label}
      aria-rowcount={total === null ? -1 : total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={count > 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      data-cards={isCards || undefined}
      data-brief={drawn.current.isBrief || undefined}
      onKeyDown={onKeyDown}
    >
      <div className={styles.head} role="row" aria-rowindex={1}>
        {columns.map(({ key, head, align, note }) => (
          <div key={key} role="columnheader" data-align={align} title={note}>
            {head}
            {note && <span className="visually-hidden">. {note}</span>}
          </div>
        ))}
      </div>
      <div className={styles.body} role="rowgroup" style={{ blockSize: virtualizer.getTotalSize() }}>
        {items.map(({ index, start, size }) => {
          const found = row(index);
          return (
            <div
              key={found ? keyOf(found) : `empty-${index}`}
              id={`${id}-${index}`}
              className={styles.row}
              role="row"
              aria-rowindex={offset + index + 2}
              aria-selected={index === current}
              aria-busy={found ? undefined : true}
              style={{ insetBlockStart: start, blockSize: size }}
              onClick={(event) => {
                setActive(index);
                const isLink = (event.target as Element).closest('a, button');
                const isText = (window.getSelection()?.toString() ?? '') !== '';
                if (found && !isLink && !isText) onOpen(found);
              }}
            >
              {found ? <RowCells row={found} cells={cells} isBrief={drawn.current.isBrief} /> : <div className={styles.empty} role="gridcell" />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface RowProps<Row> {
  row: Row;
  isBrief: boolean;
  cells(row: Row, isBrief: boolean): ReactNode;
}

/** Scrolling moves rows and draws none of them anew. */
const RowCells = memo(function RowCells<Row>({ row, cells, isBrief }: RowProps<Row>) {
  return cells(row, isBrief);
}) as <Row>(props: RowProps<Row>) => ReactNode;

interface CellsProps {
  columns: readonly Column[];
  /** What stands in each column, by its key. */
  values: Readonly<Record<string, ReactNode>>;
}

/** The cells of a row. */
export function Cells({ columns, values }: CellsProps) {
  return columns.map(({ key, align, card, look }) => (
    <div
      key={key}
      className={styles.cell}
      role="gridcell"
      data-align={align}
      data-card={card ?? 'none'}
      data-look={look}
    >
      {values[key] || <span className={styles.nothing}>–</span>}
    </div>
  ));
}

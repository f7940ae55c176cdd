// A page with one endless list: head, filters, total, order, rows.

import { Plural } from '@lingui/react/macro';
import { type ReactNode, useCallback, useMemo } from 'react';
import { Button } from '../ui/Button.tsx';
import { OrderSelect } from '../ui/Filter.tsx';
import type { Column } from '../ui/Grid.tsx';
import { List } from '../ui/List.tsx';
import type { ListFile } from './export.ts';
import { ListBody } from './ListBody.tsx';
import { ListTools } from './ListTools.tsx';
import { useNews } from './use-news.ts';
import { useNumber } from './use-number.ts';
import type { PagesView } from './use-pages.ts';
import { useTitle } from './use-title.ts';
import { useWords, type Words } from './words.ts';

interface Props<Row, O extends string> {
  title: string;
  view: PagesView<Row>;
  total: number | null;
  /** What the rows are called, by their number: `users`. */
  noun: ReactNode;
  columns: readonly Column[];
  cells(row: Row, columns: readonly Column[]): ReactNode;
  /** Columns that the reader has hidden, by their keys. */
  hidden: readonly string[];
  onHide(hidden: readonly string[]): void;
  /** What a file of the list has: its field of the graph, and what the list is asked with. Left out where it has none. */
  file?: ListFile | undefined;
  tools?: ReactNode;
  onOpen(row: Row): void;
  search?: ReactNode;
  filters?: ReactNode;
  actions?: ReactNode;
  chart?: ReactNode;
  /** How the list can be ordered; left out where the server has one order. */
  order?: { value: O; values: readonly O[]; words: Words; onChange(value: O): void };
  /** The events after which the list has rows that are not shown yet. */
  news?: readonly string[];
  isFiltered: boolean;
  onDropFilters(): void;
  dropped: readonly string[];
  onKeepDropped(): void;
  empty: { title: ReactNode; text: ReactNode; actions?: ReactNode };
}

export function ListPage<Row extends { readonly id: string }, O extends string = never>(props: Props<Row, O>) {
  const { title, view, total, noun, order } = props;
  const words = useWords();
  const number = useNumber();
  const news = useNews(props.news ?? []);
  useTitle(title);
  const columns = useMemo(
    () => props.columns.filter(({ key, card }) => card === 'title' || !props.hidden.includes(key)),
    [props.columns, props.hidden],
  );
  const { cells: cellsOf } = props;
  const cells = useCallback(
    (row: Row, isBrief: boolean) => cellsOf(row, isBrief ? columns.slice(0, 2) : columns),
    [cellsOf, columns],
  );
  return (
    <List
      title={title}
      search={props.search}
      filters={props.filters}
      actions={props.actions}
      summary={
        <>
          {total !== null && (
            <span>
              <strong>{number(total)}</strong> {noun}
            </span>
          )}
          <span role="status">
            {news.count > 0 && (
              <Button
                tone="quiet"
                icon="up"
                onClick={() => {
                  news.clear();
                  view.pages.restart();
                }}
              >
                <Plural value={news.count} one="# new" other="# new" />
              </Button>
            )}
          </span>
        </>
      }
      tools={
        <>
          {order && (
            <OrderSelect
              value={order.value}
              values={order.values}
              name={(value) => words(order.words, value).text}
              onChange={order.onChange}
            />
          )}
          {props.tools}
          <ListTools columns={props.columns} hidden={props.hidden} onHide={props.onHide} file={props.file} />
        </>
      }
      chart={props.chart}
      dropped={props.dropped}
      onKeepDropped={props.onKeepDropped}
    >
      <ListBody
        label={title}
        columns={columns}
        view={view}
        total={total}
        cells={cells}
        onOpen={props.onOpen}
        isFiltered={props.isFiltered}
        onDropFilters={props.onDropFilters}
        empty={props.empty}
      />
    </List>
  );
}

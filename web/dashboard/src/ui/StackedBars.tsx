// Bars of stacked parts, one for each day. Each part has a pattern, so that no colour is needed to tell them apart;
// the same numbers stand in a table below.

import { Trans } from '@lingui/react/macro';
import { Fragment, type ReactNode, useId } from 'react';
import styles from './StackedBars.module.css';
import { Table } from './Table.tsx';
import { Day } from './Time.tsx';

export interface Series {
  key: string;
  name: string;
}

export interface Bar {
  /** `2024-01-02` */
  day: string;
  /** A number for each of the series. */
  parts: readonly number[];
}

interface Props {
  label: string;
  /** Five at most. */
  series: readonly Series[];
  bars: readonly Bar[];
  number(value: number): string;
}

const WIDTH = 960;
const HEIGHT = 120;

const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + part, 0);

/** What the parts are filled with, the first one at the bottom. */
const FILLS: readonly ReactNode[] = [
  <rect width="8" height="8" fill="currentColor" />,
  <path d="M-2 2 2 -2M0 8 8 0M6 10 10 6" stroke="currentColor" strokeWidth="2" />,
  <path d="M0 0 8 8M0 8 8 0" stroke="currentColor" strokeWidth="1.5" />,
  <circle cx="4" cy="4" r="1.5" fill="currentColor" />,
  <path d="M0 4H8" stroke="currentColor" strokeWidth="2" />,
];

export function StackedBars({ label, series, bars, number }: Props) {
  const id = useId();
  const totals = bars.map(({ parts }) => sum(parts));
  const most = Math.max(1, ...totals);
  const step = WIDTH / Math.max(bars.length, 7);
  const fill = (index: number) => `url(#${id}-${index})`;
  const [first, last] = [bars[0], bars.at(-1)];
  return (
    <figure className={styles.chart}>
      <svg
        className={styles.bars}
        role="img"
        aria-label={label}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        <defs>
          {series.map(({ key }, index) => (
            <pattern
              key={key}
              id={`${id}-${index}`}
              className={styles[`part${index}`]}
              width="8"
              height="8"
              patternUnits="userSpaceOnUse"
            >
              {FILLS[index]}
            </pattern>
          ))}
        </defs>
        {bars.map(({ day, parts }, index) => {
          let top = HEIGHT;
          return (
            <Fragment key={day}>
              {parts.map((part, place) => {
                const height = (part / most) * (HEIGHT - 1);
                top -= height;
                return part === 0 ? null : (
                  <rect
                    key={series[place]?.key}
                    className={styles[`part${place}`]}
                    fill={fill(place)}
                    stroke="currentColor"
                    vectorEffect="non-scaling-stroke"
                    x={index * step + step * 0.1}
                    y={top}
                    width={step * 0.8}
                    height={height}
                  />
                );
              })}
            </Fragment>
          );
        })}
      </svg>
      <p className={styles.axis}>
        <span>{first && <Day date={first.day} />}</span>
        <span>
          <Trans>at most {number(most)} a day</Trans>
        </span>
        <span>{last && last !== first && <Day date={last.day} />}</span>
      </p>
      <ul className={styles.legend}>
        {series.map(({ key, name }, index) => (
          <li key={key}>
            <svg className={styles[`part${index}`]} width="16" height="12" aria-hidden="true">
              <rect width="16" height="12" fill={fill(index)} stroke="currentColor" />
            </svg>
            {name} <strong>{number(sum(bars.map(({ parts }) => parts[index] ?? 0)))}</strong>
          </li>
        ))}
      </ul>
      <details className={styles.details}>
        <summary>
          <Trans>Show as table</Trans>
        </summary>
        <Table
          label={label}
          heads={[
            { text: <Trans>Day (UTC)</Trans> },
            ...series.map(({ name }) => ({ text: name, align: 'end' as const })),
            { text: <Trans>Total</Trans>, align: 'end' },
          ]}
        >
          {bars.map(({ day, parts }, index) => (
            <tr key={day}>
              <td>
                <Day date={day} />
              </td>
              {series.map(({ key }, place) => (
                <td key={key} data-align="end">
                  {number(parts[place] ?? 0)}
                </td>
              ))}
              <td data-align="end">{number(totals[index] ?? 0)}</td>
            </tr>
          ))}
          <tr>
            <td>
              <Trans>All days</Trans>
            </td>
            {series.map(({ key }, place) => (
              <td key={key} data-align="end">
                {number(sum(bars.map(({ parts }) => parts[place] ?? 0)))}
              </td>
            ))}
            <td data-align="end">
              <strong>{number(sum(totals))}</strong>
            </td>
          </tr>
        </Table>
      </details>
    </figure>
  );
}

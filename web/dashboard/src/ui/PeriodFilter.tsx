// A period with either end open or closed, in the reader's zone.

import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from './Button.tsx';
import styles from './Filter.module.css';
import { Popover } from './Popover.tsx';
import { Time } from './Time.tsx';

interface End {
  isIncluded: boolean;
  at: string;
}

interface Value {
  from: End | null;
  to: End | null;
}

interface Props {
  label: string;
  value: Value;
  onChange(value: Value): void;
}

/** A time as the field for local times takes it. */
function toLocal(at: string): string {
  const time = new Date(at);
  const local = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export function PeriodFilter({ label, value, onChange }: Props) {
  const { t } = useLingui();
  const { from, to } = value;
  const ends = [
    { key: 'from', end: from, name: t`From`, closed: '≥', open: '>' },
    { key: 'to', end: to, name: t`To`, closed: '≤', open: '<' },
  ] as const;
  return (
    <Popover
      look="filter"
      isSet={from !== null || to !== null}
      label={
        <>
          {label}
          {(from || to) && (
            <span className={styles.value}>
              {from && (
                <>
                  {from.isIncluded ? '≥ ' : '> '}
                  <Time at={from.at} />{' '}
                </>
              )}
              {to && (
                <>
                  {to.isIncluded ? '≤ ' : '< '}
                  <Time at={to.at} />
                </>
              )}
            </span>
          )}
        </>
      }
    >
      {() => (
        <fieldset className={styles.period}>
          <legend className="visually-hidden">{label}</legend>
          {ends.map(({ key, end, name, closed, open }) => (
            <div key={key} className={styles.end}>
              <span>{name}</span>
              <select
                aria-label={t`${name}: with or without the time itself`}
                value={end?.isIncluded === false ? 'open' : 'closed'}
                onChange={(event) =>
                  end && onChange({ ...value, [key]: { ...end, isIncluded: event.target.value === 'closed' } })
                }
              >
                <option value="closed">{closed}</option>
                <option value="open">{open}</option>
              </select>
              <input
                type="datetime-local"
                aria-label={name}
                value={end ? toLocal(end.at) : ''}
                onChange={(event) => {
                  const time = new Date(event.target.value);
                  const next = Number.isNaN(time.getTime())
                    ? null
                    : { isIncluded: end?.isIncluded ?? true, at: time.toISOString() };
                  onChange({ ...value, [key]: next });
                }}
              />
            </div>
          ))}
          <Button tone="quiet" icon="cross" onClick={() => onChange({ from: null, to: null })}>
            <Trans>Clear</Trans>
          </Button>
        </fieldset>
      )}
    </Popover>
  );
}

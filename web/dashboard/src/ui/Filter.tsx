// The filters of a list: each is a button that says what it holds, and opens on its values.

import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import styles from './Filter.module.css';
import { Button } from './Button.tsx';
import { Icon } from './icon.tsx';
import { Popover } from './Popover.tsx';

interface ValuesProps<V extends string> {
  label: string;
  values: readonly V[];
  selected: readonly V[];
  name(value: V): ReactNode;
  onChange(selected: readonly V[]): void;
  /** Only one at a time: the graph takes one value here. */
  isSingle?: boolean;
}

export function ValuesFilter<V extends string>(props: ValuesProps<V>) {
  const { label, values, selected, name, onChange, isSingle = false } = props;
  const [only] = selected;
  function toggle(value: V): void {
    const isOn = selected.includes(value);
    if (isSingle) onChange(isOn ? [] : [value]);
    else onChange(isOn ? selected.filter((other) => other !== value) : [...selected, value]);
  }
  const summary =
    only === undefined ? null : selected.length === 1 ? (
      name(only)
    ) : (
      <Plural value={selected.length} one="# value" other="# values" />
    );
  return (
    <Popover
      look="filter"
      isSet={selected.length > 0}
      label={
        <>
          {label}
          {summary && <span className={styles.value}>{summary}</span>}
        </>
      }
    >
      {() => (
        <fieldset>
          <legend className="visually-hidden">{label}</legend>
          {values.map((value) => (
            <label key={value} className={styles.option}>
              <input type="checkbox" checked={selected.includes(value)} onChange={() => toggle(value)} />
              {name(value)}
            </label>
          ))}
          {selected.length > 0 && <Clear onClick={() => onChange([])} />}
        </fieldset>
      )}
    </Popover>
  );
}

interface TextsProps {
  label: string;
  placeholder?: string;
  selected: readonly string[];
  onChange(selected: readonly string[]): void;
}

/** Texts that the reader types: tags, ids. */
export function TextsFilter({ label, placeholder, selected, onChange }: TextsProps) {
  const [draft, setDraft] = useState('');
  const { t } = useLingui();
  function add(event: React.FormEvent): void {
    event.preventDefault();
    const value = draft.trim();
    if (value && !selected.includes(value)) onChange([...selected, value]);
    setDraft('');
  }
  return (
    <Popover
      look="filter"
      isSet={selected.length > 0}
      label={
        <>
          {label}
          {selected.length > 0 && <span className={styles.value}>{selected.join(', ')}</span>}
        </>
      }
    >
      {() => (
        <div className={styles.texts}>
          <form onSubmit={add} className={styles.add}>
            <input
              className={styles.input}
              aria-label={label}
              placeholder={placeholder}
              value={draft}
              autoFocus
              onChange={(event) => setDraft(event.target.value)}
            />
            <Button type="submit" icon="plus" aria-label={t`Add`} />
          </form>
          {selected.map((value) => (
            <label key={value} className={styles.option}>
              <input
                type="checkbox"
                checked
                onChange={() => onChange(selected.filter((other) => other !== value))}
              />
              {value}
            </label>
          ))}
          {selected.length > 0 && <Clear onClick={() => onChange([])} />}
        </div>
      )}
    </Popover>
  );
}

interface NumberProps {
  label: string;
  value: number | null;
  onChange(value: number | null): void;
}

export function NumberFilter({ label, value, onChange }: NumberProps) {
  const { t } = useLingui();
  return (
    <Popover
      look="filter"
      isSet={value !== null}
      label={
        <>
          {label}
          {value !== null && <span className={styles.value}>{value}</span>}
        </>
      }
    >
      {(close) => (
        <form
          className={styles.add}
          onSubmit={(event) => {
            event.preventDefault();
            const text = String(new FormData(event.currentTarget).get('number') ?? '');
            onChange(/^\d{1,15}$/.test(text) ? Number(text) : null);
            close();
          }}
        >
          <input
            name="number"
            className={styles.input}
            inputMode="numeric"
            pattern="[0-9]*"
            aria-label={label}
            defaultValue={value ?? ''}
            autoFocus
          />
          <Button type="submit" icon="check" aria-label={t`Apply`} />
        </form>
      )}
    </Popover>
  );
}

interface TextProps {
  label: string;
  value: string | null;
  onChange(value: string | null): void;
}

/** One text, compared as a whole: an id. */
export function TextFilter({ label, value, onChange }: TextProps) {
  return (
    <TextsFilter
      label={label}
      selected={value === null ? [] : [value]}
      onChange={(selected) => onChange(selected.at(-1) ?? null)}
    />
  );
}

function Clear({ onClick }: { onClick(): void }) {
  return (
    <button type="button" className={styles.clear} onClick={onClick}>
      <Icon name="cross" />
      <Trans>Clear</Trans>
    </button>
  );
}

interface OrderProps<V extends string> {
  value: V;
  values: readonly V[];
  name(value: V): string;
  onChange(value: V): void;
}

export function OrderSelect<V extends string>({ value, values, name, onChange }: OrderProps<V>) {
  return (
    <label className={styles.order}>
      <span>
        <Trans>Order</Trans>
      </span>
      <select value={value} onChange={(event) => onChange(event.target.value as V)}>
        {values.map((order) => (
          <option key={order} value={order}>
            {name(order)}
          </option>
        ))}
      </select>
    </label>
  );
}

import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { usePageQuery } from '../app/use-page-query.ts';
import type { EventTypesQuery } from './__generated__/EventTypesQuery.graphql.ts';
import styles from './webhook.module.css';

interface Props {
  chosen: readonly string[];
  error: string | undefined;
  onChange(chosen: readonly string[]): void;
}

const ALL = '*';

/** Chooses event types: all of them, those of later versions included, or some by name. */
export function EventTypes({ chosen, error, onChange }: Props) {
  const types = useEventTypes();
  const isAll = chosen.includes(ALL);
  const toggle = (name: string) =>
    onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  return (
    <fieldset className={styles.events}>
      <legend>
        <Trans>Events</Trans>
      </legend>
      {error && (
        <p className={styles.wrong} role="alert">
          {error}
        </p>
      )}
      <label>
        <input type="checkbox" checked={isAll} onChange={() => onChange(isAll ? [] : [ALL])} />
        <Trans>All of them</Trans>
      </label>
      {!isAll &&
        types.map((name) => (
          <label key={name}>
            <input type="checkbox" checked={chosen.includes(name)} onChange={() => toggle(name)} />
            {name}
          </label>
        ))}
    </fieldset>
  );
}

/** The names of the event types that endpoints can be sent. */
export function useEventTypes(): readonly string[] {
  const { webhookEventTypes } = usePageQuery<EventTypesQuery>(
    graphql`
      query EventTypesQuery {
        webhookEventTypes
      }
    `,
    {},
  );
  return (webhookEventTypes ?? []).filter((name) => name !== ALL);
}

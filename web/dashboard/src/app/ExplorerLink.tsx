// Opens the query of the page in the API explorer, with its variables. Both travel in the fragment, which no server sees.

import { Trans, useLingui } from '@lingui/react/macro';
import { Icon } from '../ui/icon.tsx';
import styles from './ExplorerLink.module.css';
import { lastOperation } from './relay/last-operation.ts';
import { useSeat } from './seat.tsx';

let texts: Promise<Record<string, string>> | undefined;

function loadTexts(): Promise<Record<string, string>> {
  texts ??= fetch('/dashboard/operations.json').then((response) => response.json() as Promise<Record<string, string>>);
  return texts;
}

function encode(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

export function ExplorerLink() {
  const { t } = useLingui();
  const projectId = useSeat().membership.project.id;
  async function open(): Promise<void> {
    // The tab is opened at once: later, browsers would take it for an advertisement.
    const tab = window.open('about:blank', '_blank');
    const operation = await lastOperation.get();
    const query = operation && (await loadTexts())[operation.id];
    const fragment = query ? `#op=${encode({ query, variables: operation.variables, projectId })}` : '';
    if (tab) {
      tab.opener = null;
      tab.location.replace(`/explorer/${fragment}`);
    }
  }
  return (
    <button
      type="button"
      className={styles.link}
      title={t`Opens the query of this page in the API explorer`}
      onClick={() => void open()}
    >
      <Icon name="external" />
      <span>
        <Trans>Open in the explorer</Trans>
      </span>
    </button>
  );
}

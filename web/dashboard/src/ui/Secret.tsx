// What is shown once: whoever closes it has to say that it is kept.

import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { Button } from './Button.tsx';
import { Check } from './Check.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Secret.module.css';

interface Props {
  title: ReactNode;
  text: ReactNode;
  values: readonly { name: string; value: string }[];
  onDone(): void;
}

export function SecretDialog({ title, text, values, onDone }: Props) {
  const { t } = useLingui();
  const [isKept, setKept] = useState(false);
  const [isHurried, setHurried] = useState(false);
  const close = () => (isKept ? onDone() : setHurried(true));
  return (
    <Dialog
      title={title}
      onClose={close}
      onSubmit={close}
      error={isHurried && !isKept && <Trans>This is not shown again. Say first that you have kept it.</Trans>}
      actions={
        <Button type="submit" tone="primary" refusal={isKept ? undefined : t`it is not shown again`}>
          <Trans>Done</Trans>
        </Button>
      }
    >
      <div>{text}</div>
      {values.map(({ name, value }) => (
        <div key={name} className={styles.secret}>
          <span className={styles.name}>{name}</span>
          <output className={styles.value} aria-label={name}>
            {value}
          </output>
          <CopyButton text={value} label={t`Copy: ${name}`} />
        </div>
      ))}
      <Check isOn={isKept} onChange={setKept}>
        <Trans>I have kept it; it is not shown again</Trans>
      </Check>
    </Dialog>
  );
}

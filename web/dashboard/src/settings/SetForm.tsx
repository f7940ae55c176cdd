import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../ui/Button.tsx';
import styles from './settings.module.css';

interface Props {
  id: string;
  /** What is set, for the name of the button. */
  name: string;
  isBusy: boolean;
  isSaved: boolean;
  error: string | undefined;
  /** Why it cannot be saved. */
  refusal: string | undefined;
  onSubmit(): void;
}

/** The end of a row whose fields are set where they stand: they name this form. */
export function SetForm({ id, name, isBusy, isSaved, error, refusal, onSubmit }: Props) {
  const { t } = useLingui();
  return (
    <form
      id={id}
      className={styles.set}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (refusal === undefined && !isBusy) onSubmit();
      }}
    >
      {error && <span role="alert">{error}</span>}
      <span role="status">{isSaved && <Trans>Saved</Trans>}</span>
      <Button type="submit" isBusy={isBusy} refusal={refusal} aria-label={t`Save: ${name}`}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}

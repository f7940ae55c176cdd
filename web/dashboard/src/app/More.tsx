import { Trans } from '@lingui/react/macro';
import { Button } from '../ui/Button.tsx';
import styles from './More.module.css';

const PAGE = 50;

interface Props {
  hasNext: boolean;
  isLoadingNext: boolean;
  loadNext(count: number): unknown;
}

/** Reads the next rows of a list within a page. */
export function More({ hasNext, isLoadingNext, loadNext }: Props) {
  if (!hasNext) return null;
  return (
    <p className={styles.more}>
      <Button isBusy={isLoadingNext} onClick={() => loadNext(PAGE)}>
        <Trans>Show more</Trans>
      </Button>
    </p>
  );
}

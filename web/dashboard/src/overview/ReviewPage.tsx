import { Trans, useLingui } from '@lingui/react/macro';
import { useSeat } from '../app/seat.tsx';
import { useTitle } from '../app/use-title.ts';
import { Page } from '../ui/Page.tsx';
import { IdentificationFigure, RequestFigure, SessionFigure } from './Figure.tsx';
import styles from './overview.module.css';
import { identificationsWith, requestsWith, sessionsWith } from './views.ts';

export function ReviewPage() {
  const { t } = useLingui();
  const seat = useSeat();
  useTitle(t`Review`);
  return (
    <Page title={<Trans>Review</Trans>}>
      <p className={styles.later}>
        <Trans>What waits for a person. Assigning it to somebody comes in a later version.</Trans>
      </p>
      <div className={styles.grid}>
        {seat.can('SESSIONS:VIEW') && (
          <SessionFigure
            title={<Trans>Sessions</Trans>}
            note={<Trans>pending or suspected</Trans>}
            view={sessionsWith(['Pending', 'Suspected'])}
          />
        )}
        {seat.can('IDPROOFING:VIEW') && (
          <>
            <RequestFigure
              title={<Trans>Proofing requests</Trans>}
              note={<Trans>whose device is to be reviewed</Trans>}
              view={requestsWith({ device: 'REVIEW' })}
            />
            <RequestFigure
              title={<Trans>Proofing requests</Trans>}
              note={<Trans>whose document wants attention</Trans>}
              view={requestsWith({ document: 'ATTENTION' })}
            />
          </>
        )}
        {seat.can('IDENTIFICATIONS:VIEW') && (
          <IdentificationFigure
            title={<Trans>Identifications</Trans>}
            note={<Trans>pending</Trans>}
            view={identificationsWith({ status: ['Pending'] })}
          />
        )}
      </div>
    </Page>
  );
}

export default ReviewPage;

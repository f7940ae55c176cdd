import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Part } from '../app/Part.tsx';
import { useSeat } from '../app/seat.tsx';
import { useNumber } from '../app/use-number.ts';
import { Card } from '../ui/Panel.tsx';
import { useDeliveryCount, useIdentificationCount, useRequestCount, useSessionCount, useUserCount } from './counts.ts';
import styles from './overview.module.css';
import type { View } from './views.ts';

interface FigureProps<F> {
  title: ReactNode;
  note?: ReactNode;
  view: View<F>;
}

interface Props<F> extends FigureProps<F> {
  useCount(filters: F): number | undefined;
}

/** A number that opens the list behind it. */
function Figure<F>({ title, note, view, useCount }: Props<F>) {
  return (
    <Card title={title}>
      <Part rows={1}>
        <Count view={view} note={note} useCount={useCount} />
      </Part>
    </Card>
  );
}

function Count<F>({ view, note, useCount }: Omit<Props<F>, 'title'>) {
  const seat = useSeat();
  const number = useNumber();
  const count = useCount(view.filters);
  return (
    <Link href={seat.to(view.path)} className={styles.figure}>
      <strong>{count === undefined ? '–' : number(count)}</strong>
      {note && <span>{note}</span>}
    </Link>
  );
}

type Filters<H extends (filters: never) => unknown> = Parameters<H>[0];

export const SessionFigure = (props: FigureProps<Filters<typeof useSessionCount>>) => (
  <Figure {...props} useCount={useSessionCount} />
);

export const IdentificationFigure = (props: FigureProps<Filters<typeof useIdentificationCount>>) => (
  <Figure {...props} useCount={useIdentificationCount} />
);

export const RequestFigure = (props: FigureProps<Filters<typeof useRequestCount>>) => (
  <Figure {...props} useCount={useRequestCount} />
);

export const DeliveryFigure = (props: FigureProps<Filters<typeof useDeliveryCount>>) => (
  <Figure {...props} useCount={useDeliveryCount} />
);

export const UserFigure = (props: FigureProps<null>) => <Figure {...props} useCount={useUserCount} />;

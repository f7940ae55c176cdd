import { useLingui } from '@lingui/react/macro';
import { Suspense } from 'react';
import { ValuesFilter } from '../ui/Filter.tsx';
import { useLadder } from './use-ladder.ts';

interface Props {
  selected: readonly string[];
  onChange(selected: readonly string[]): void;
}

/** Filters by verification levels, once they are there: the list does not wait for them. */
export function LadderFilter(props: Props) {
  return (
    <Suspense fallback={null}>
      <Levels {...props} />
    </Suspense>
  );
}

function Levels({ selected, onChange }: Props) {
  const { t } = useLingui();
  const ladder = useLadder();
  return (
    <ValuesFilter
      label={t`Verification`}
      values={ladder.map(({ id }) => id)}
      selected={selected}
      name={(id) => ladder.find((level) => level.id === id)?.name ?? id}
      onChange={onChange}
    />
  );
}

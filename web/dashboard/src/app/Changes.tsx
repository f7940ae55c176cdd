import { type ReactNode, useState } from 'react';
import { BumpContext, ChangeContext } from './use-page-query.ts';

/** What is in it is read again after each change that is made in it. */
export function Changes({ children }: { children: ReactNode }) {
  const [change, setChange] = useState(0);
  const [bump] = useState(() => () => setChange((before) => before + 1));
  return (
    <ChangeContext value={change}>
      <BumpContext value={bump}>{children}</BumpContext>
    </ChangeContext>
  );
}

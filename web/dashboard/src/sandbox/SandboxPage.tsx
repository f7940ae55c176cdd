import { Trans, useLingui } from '@lingui/react/macro';
import { Changes } from '../app/Changes.tsx';
import { Part } from '../app/Part.tsx';
import { useTitle } from '../app/use-title.ts';
import { Page } from '../ui/Page.tsx';
import { ClockCard } from './ClockCard.tsx';
import { ScenarioCard } from './ScenarioCard.tsx';

export function SandboxPage() {
  const { t } = useLingui();
  useTitle(t`Sandbox`);
  return (
    <Changes>
      <Page title={<Trans>Sandbox</Trans>}>
        <Part rows={4}>
          <ClockCard />
        </Part>
        <Part rows={4}>
          <ScenarioCard />
        </Part>
      </Page>
    </Changes>
  );
}

export default SandboxPage;

import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useSeat } from '../app/seat.tsx';
import type { TabLink } from '../app/Tabs.tsx';

export function useWebhookTabs(here: 'endpoints' | 'log'): { label: string; links: TabLink[] } {
  const { t } = useLingui();
  const seat = useSeat();
  return {
    label: t`Parts of the webhooks`,
    links: [
      { href: seat.to('/webhooks'), name: msg`Endpoints`, isHere: here === 'endpoints' },
      { href: seat.to('/webhooks/log'), name: msg`Deliveries`, isHere: here === 'log' },
    ],
  };
}

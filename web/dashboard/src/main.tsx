import './ui/tokens.css';

import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { activate, chooseLocale, preload } from './app/locale.ts';
import { session } from './app/session.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"');

// A browser may keep a page that is left, as it is, and show it again at *Back*, after a sign-out too. It keeps an empty one.
addEventListener('pagehide', () => document.body.replaceChildren());
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

// While the server says who is signed in, the language and the page that most visits begin with are on their way.
preload(chooseLocale(null, navigator.languages));
if (/^\/dashboard\/(p\/[^/]+\/users)?$/.test(window.location.pathname)) {
  void import('./user/UsersPage.tsx').catch(() => undefined);
}
await session.refresh();
await activate(chooseLocale(session.get().state?.member?.locale, navigator.languages));
createRoot(root).render(
  <I18nProvider i18n={i18n}>
    <App />
  </I18nProvider>,
);

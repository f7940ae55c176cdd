import { Trans } from '@lingui/react/macro';
import { lazy, Suspense } from 'react';
import { Redirect, Route, Router, Switch } from 'wouter';
import { SignInAgain } from '../account/SignInAgain.tsx';
import { SignInPage } from '../account/SignInPage.tsx';
import { Message, Skeleton } from '../ui/Panel.tsx';
import styles from './App.module.css';
import { Bands } from './Bands.tsx';
import { ErrorBoundary } from './ErrorMessage.tsx';
import { IdleWatch } from './IdleWatch.tsx';
import { ProjectPages } from './ProjectPages.tsx';
import { ProjectsPage } from './ProjectsPage.tsx';
import { useSession } from './session.ts';
import { StepUpHost } from './StepUpDialog.tsx';

const LinkPage = lazy(() => import('../account/LinkPage.tsx'));
const OidcPage = lazy(() => import('../account/OidcPage.tsx'));
const AccountPage = lazy(() => import('../account/AccountPage.tsx'));

export function App() {
  const { state, isLocked } = useSession();
  return (
    <Router base="/dashboard">
      <ErrorBoundary>
        <Suspense fallback={<Skeleton />}>
          <Switch>
            <Route path="/link">
              <LinkPage />
            </Route>
            <Route path="/oidc">
              <OidcPage />
            </Route>
            <Route>
              {!state?.member ? (
                <SignInPage />
              ) : (
                <>
                  {/* Pages stay as they are behind a session that has ended, but nothing of them can be seen. */}
                  <div className={styles.pages} hidden={isLocked} inert={isLocked}>
                    <Bands />
                    <Pages />
                    <StepUpHost />
                  </div>
                  {isLocked && <SignInAgain />}
                  {!isLocked && <IdleWatch />}
                </>
              )}
            </Route>
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </Router>
  );
}

function Pages() {
  const { state, lostProject } = useSession();
  const memberships = state?.memberships ?? [];
  const [first] = memberships;
  // Most people come for one user.
  const start = first && !lostProject ? `/p/${first.project.id}/users` : '/projects';
  return (
    <Switch>
      <Route path="/">
        <Redirect to={start} replace />
      </Route>
      <Route path="/sign-in">
        <Redirect to={start} replace />
      </Route>
      <Route path="/projects">
        <ProjectsPage />
      </Route>
      <Route path="/account">
        <AccountPage />
      </Route>
      <Route path="/p/:project/*?">{({ project }) => <ProjectPages projectId={project} />}</Route>
      <Route>
        <Message title={<Trans>There is no such page</Trans>} />
      </Route>
    </Switch>
  );
}

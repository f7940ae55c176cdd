import { useEffect, useRef } from 'react';
import styles from './account.module.css';
import { SignInPage } from './SignInPage.tsx';

/** Asks to sign in over everything else: also over a dialog that is open on the page, which would keep the focus. */
export function SignInAgain() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className={styles.again} onCancel={(event) => event.preventDefault()}>
      <SignInPage isAgain />
    </dialog>
  );
}

import { useEffect } from 'react';

/** Names the page in the browser's tab. Nothing of a person goes there. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · verigraph`;
  }, [title]);
}

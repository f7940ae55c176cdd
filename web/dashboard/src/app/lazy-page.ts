import { type ComponentType, lazy } from 'react';
import { loadAllMessages } from './locale.ts';

/** A page that is loaded when it is opened, with its messages. */
export function lazyPage<P>(load: () => Promise<{ default: ComponentType<P> }>) {
  return lazy(async () => {
    const [page] = await Promise.all([load(), loadAllMessages()]);
    return page;
  });
}

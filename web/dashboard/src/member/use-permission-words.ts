import { useWords } from '../app/words.ts';
import { permissionWords } from './words.ts';

/** What a permission opens, in the reader's language, else in the server's words. */
export function usePermissionWords(): (permission: { readonly name: string; readonly description: string }) => string {
  const words = useWords();
  return ({ name, description }) => (Object.hasOwn(permissionWords, name) ? words(permissionWords, name).text : description);
}

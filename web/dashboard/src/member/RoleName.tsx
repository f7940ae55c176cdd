import { WordOf } from '../app/WordBadge.tsx';
import { builtInRole } from './words.ts';

interface Props {
  role: { readonly name: string; readonly builtIn: string | null | undefined };
}

/** A role by its name: a built-in one in the reader's language. */
export function RoleName({ role }: Props) {
  return role.builtIn ? <WordOf words={builtInRole} value={role.builtIn} /> : <>{role.name}</>;
}

// A file of a whole list. The server writes down that it was exported before it sends the first row.

import { isActive } from './activity.ts';
import { session } from './session.ts';
import { proveAnew } from './step-up.ts';

export interface ListFile {
  /** The field of the graph that has the list. */
  list: string;
  filters: object | null;
  orderBy?: object;
}

export type FileFormat = 'csv' | 'ndjson';

/** Why there is no file. */
export class ExportError extends Error {}

interface Refusal {
  errors?: { message?: string; extensions?: { code?: string } }[];
}

/** Gets the file and gives it to the browser to keep. False if the member would rather not sign in anew. */
export async function exportList(projectId: string, file: ListFile, format: FileFormat): Promise<boolean> {
  for (let isProved = false; ; ) {
    const response = await ask(projectId, file, format);
    if (response.ok) {
      keep(await response.blob(), `${file.list}.${format}`);
      return true;
    }
    if (response.status === 401) {
      await session.whenSignedIn();
      continue;
    }
    const refusal = (await response.json().catch(() => null)) as Refusal | null;
    const [error] = refusal?.errors ?? [];
    if (error?.extensions?.code !== 'FRESH_SIGN_IN_NEEDED' || isProved) throw new ExportError(error?.message ?? '');
    if (!(await proveAnew())) return false;
    isProved = true;
  }
}

function ask(projectId: string, { list, filters, orderBy }: ListFile, format: FileFormat): Promise<Response> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'X-Verigraph-Client': 'dashboard',
    'X-Verigraph-Project': projectId,
  };
  if (isActive()) headers['X-Verigraph-Activity'] = '1';
  const body = JSON.stringify({ format, ...(filters && { filters }), ...(orderBy && { orderBy }) });
  return fetch(`/export/${list}`, { method: 'POST', headers, body, credentials: 'same-origin' });
}

function keep(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

// What the member has typed into forms: it can be copied when a form closes because the member may no longer use it.

type Field = HTMLInputElement | HTMLTextAreaElement;

const typed = new Set<Field>();

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && /^(text|email|tel|url|number|date)$/.test(target.type));
}

document.addEventListener(
  'input',
  ({ target }) => {
    for (const field of typed) if (!field.isConnected) typed.delete(field);
    if (isField(target) && target.closest('dialog')) typed.add(target);
  },
  true,
);

/** The fields that were typed into, each with its label: what a form was filled with beforehand is not among them. */
export function readDrafts(): string {
  const lines = [...typed]
    .filter((field) => field.isConnected && field.value !== '')
    .map((field) => `${field.labels?.[0]?.textContent?.trim() ?? field.name}: ${field.value}`);
  typed.clear();
  return lines.join('\n');
}

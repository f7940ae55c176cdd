/** A country by its code of three letters. The browser knows names for codes of two letters only, so the code is shown. */
export function Country({ code }: { code: string }) {
  return <span translate="no">{code}</span>;
}

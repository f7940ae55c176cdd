// Whether somebody is at the page: the server ends sessions of pages that nobody uses.

const WINDOW_MS = 60_000;

let last = Date.now();

for (const type of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart']) {
  window.addEventListener(type, () => (last = Date.now()), { passive: true, capture: true });
}

/** Whether a key or the pointer was used in the last minute. */
export function isActive(now = Date.now()): boolean {
  return now - last < WINDOW_MS;
}

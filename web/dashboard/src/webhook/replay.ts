/** So many deliveries are sent again at once. */
export const MOST_REPLAYS = 50;

/** The first deliveries of a list that failed. */
export function replayable(rows: readonly ({ readonly id: string; readonly status: string } | undefined)[]): string[] {
  return rows
    .filter((row) => row?.status === 'Failed')
    .slice(0, MOST_REPLAYS)
    .flatMap((row) => (row ? [row.id] : []));
}

// An endless list by pages: which pages are there, which are asked for, and which were released again.
//
// The list is read from its start, page after page, or from its end backwards. Where a page begins is kept when its rows
// are released, so it can be read again alone.

export const PAGE_SIZE = 100;
/** More pages than this are not kept; rows far from the screen are released first. */
export const LIVE_PAGES = 50;
/** So many stay when some are released: each release makes the store look through all that stays. */
export const KEPT_PAGES = 40;

export interface PageArgs {
  first: number | null;
  after: string | null;
  last: number | null;
  before: string | null;
}

export interface LoadedPage<Row> {
  rows: readonly Row[];
  startCursor: string | null;
  endCursor: string | null;
  hasNext: boolean;
  hasPrevious: boolean;
  /** Lets the store forget the page. */
  release(): void;
}

interface Slot<Row> {
  /** Where the page begins, seen from the side that the list is read from. */
  from: string | null;
  page: LoadedPage<Row> | null;
  size: number;
  isLoading: boolean;
}

export interface PagesSnapshot {
  /** Rows of the list as far as it is known, and one page more if there are more. */
  count: number;
  loaded: number;
  side: 'start' | 'end';
  isFirstLoading: boolean;
  error: unknown;
}

export class Pages<Row> {
  readonly #load: (args: PageArgs) => Promise<LoadedPage<Row>>;
  readonly #listeners = new Set<() => void>();
  #slots: Slot<Row>[] = [];
  #side: 'start' | 'end' = 'start';
  #hasMore = true;
  #error: unknown = null;
  #isOver = false;
  /** Answers to a list that was begun anew since are thrown away. */
  #generation = 0;
  #snapshot: PagesSnapshot;
  #mayRestart = true;

  constructor(load: (args: PageArgs) => Promise<LoadedPage<Row>>) {
    this.#load = load;
    this.#snapshot = this.#describe();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): PagesSnapshot => this.#snapshot;

  /** The row at a place of the list, or undefined while it is not there. */
  row(index: number): Row | undefined {
    const { slot, offset } = this.#find(index);
    return slot?.page?.rows[offset];
  }

  /** Asks for the rows on the screen, for one page beyond them, and for the row that has the focus wherever it is. */
  ensure(first: number, last: number, focused = first): void {
    if (this.#isOver) return;
    const kept = this.#indexOf(focused);
    const nearest = [this.#indexOf(first), this.#indexOf(last)].sort((a, b) => a - b);
    const low = nearest[0] ?? 0;
    const high = nearest[1] ?? 0;
    for (const [index, slot] of this.#slots.entries()) {
      const isWanted = index === kept || (index >= low && index <= high);
      if (isWanted && !slot.page && !slot.isLoading) void this.#fill(slot);
    }
    if (high >= this.#slots.length - 1) this.#extend();
    this.#releaseFar(low, high, kept);
  }

  /** Begins anew, from the start or from the end. The rows stay until the new ones are there. */
  restart(side: 'start' | 'end' = 'start'): void {
    this.#generation += 1;
    this.#isOver = false;
    this.#releaseAll();
    this.#slots = [];
    this.#side = side;
    this.#hasMore = true;
    this.#error = null;
    this.#publish();
    this.#extend();
  }

  retry(): void {
    this.#error = null;
    if (this.#slots.length === 0) this.restart(this.#side);
    else {
      this.#publish();
      this.#extend();
    }
  }

  dispose(): void {
    this.#isOver = true;
    this.#generation += 1;
    this.#releaseAll();
  }

  #indexOf(row: number): number {
    const { count } = this.#snapshot;
    return Math.floor((this.#side === 'start' ? row : count - 1 - row) / PAGE_SIZE);
  }

  #find(row: number): { slot: Slot<Row> | undefined; offset: number } {
    const index = this.#indexOf(row);
    const slot = this.#slots[index];
    if (!slot) return { slot, offset: 0 };
    if (this.#side === 'start') return { slot, offset: row - index * PAGE_SIZE };
    // From the end: the last row of the page is the first one met.
    const fromEnd = this.#snapshot.count - 1 - row - index * PAGE_SIZE;
    return { slot, offset: slot.size - 1 - fromEnd };
  }

  #extend(): void {
    const tail = this.#slots.at(-1);
    if (!this.#hasMore || this.#error !== null || (tail && tail.isLoading)) return;
    if (tail && !tail.page) return;
    const from = tail?.page ? (this.#side === 'start' ? tail.page.endCursor : tail.page.startCursor) : null;
    const slot: Slot<Row> = { from, page: null, size: 0, isLoading: false };
    this.#slots.push(slot);
    void this.#fill(slot);
  }

  async #fill(slot: Slot<Row>): Promise<void> {
    const generation = this.#generation;
    slot.isLoading = true;
    const isStart = this.#side === 'start';
    try {
      const page = await this.#load({
        first: isStart ? PAGE_SIZE : null,
        after: isStart ? slot.from : null,
        last: isStart ? null : PAGE_SIZE,
        before: isStart ? null : slot.from,
      });
      if (generation !== this.#generation) {
        page.release();
        return;
      }
      slot.page = page;
      slot.size = page.rows.length;
      slot.isLoading = false;
      if (slot === this.#slots.at(-1)) this.#hasMore = isStart ? page.hasNext : page.hasPrevious;
      this.#mayRestart = true;
    } catch (error) {
      if (generation !== this.#generation) return;
      slot.isLoading = false;
      this.#slots = this.#slots.filter((other) => other !== slot || other.size > 0);
      if ((error as { code?: string }).code === 'BAD_CURSOR' && this.#mayRestart) {
        // From the top, once.
        this.#mayRestart = false;
        this.restart();
        return;
      }
      this.#error = error;
    }
    this.#publish();
  }

  #releaseFar(low: number, high: number, kept: number): void {
    const live = this.#slots.filter(({ page }) => page).length;
    if (live <= LIVE_PAGES) return;
    const distance = (index: number) => Math.max(low - index, index - high, 0);
    const last = this.#slots.length - 1;
    // The last page tells where the list goes on.
    const far = this.#slots
      .map((slot, index) => ({ slot, index }))
      .filter(({ slot, index }) => slot.page && index !== last && index !== kept)
      .sort((a, b) => distance(b.index) - distance(a.index))
      .slice(0, live - KEPT_PAGES);
    for (const { slot } of far) {
      slot.page?.release();
      slot.page = null;
    }
  }

  #releaseAll(): void {
    for (const { page } of this.#slots) page?.release();
  }

  #describe(): PagesSnapshot {
    const loaded = this.#slots.reduce((sum, { size }) => sum + size, 0);
    return {
      count: loaded + (this.#hasMore ? PAGE_SIZE : 0),
      loaded,
      side: this.#side,
      isFirstLoading: loaded === 0 && this.#hasMore && this.#error === null,
      error: this.#error,
    };
  }

  #publish(): void {
    this.#snapshot = this.#describe();
    for (const listener of this.#listeners) listener();
  }
}

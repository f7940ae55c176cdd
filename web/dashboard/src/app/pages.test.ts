import { describe, expect, it } from 'vitest';
import { KEPT_PAGES, LIVE_PAGES, type LoadedPage, PAGE_SIZE, type PageArgs, Pages } from './pages.ts';

/** A list of numbers whose cursors are the numbers, and what was asked of it. */
function source(total: number) {
  const asked: PageArgs[] = [];
  let live = 0;
  let failure: unknown = null;
  async function load(args: PageArgs): Promise<LoadedPage<number>> {
    asked.push(args);
    if (failure) {
      const error = failure;
      failure = null;
      throw error;
    }
    const isStart = args.first !== null;
    const from = isStart ? Number(args.after ?? -1) + 1 : Math.max(0, Number(args.before ?? total) - PAGE_SIZE);
    const to = isStart ? Math.min(total, from + PAGE_SIZE) : Number(args.before ?? total);
    const rows = Array.from({ length: to - from }, (_, index) => from + index);
    live += 1;
    return {
      rows,
      startCursor: String(from),
      endCursor: String(to - 1),
      hasNext: to < total,
      hasPrevious: from > 0,
      release: () => (live -= 1),
    };
  }
  const pages = new Pages<number>(load);
  return { asked, pages, live: () => live, fail: (error: unknown) => (failure = error) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

async function readTo(pages: Pages<number>, last: number): Promise<void> {
  for (let index = 0; index <= last; index += 25) {
    pages.ensure(index, index + 24);
    await settled();
  }
}

describe('an endless list', () => {
  it('gives each row once and in order', async () => {
    const { pages } = source(1234);
    pages.restart();
    await settled();
    await readTo(pages, 1300);
    expect(pages.snapshot().count).toBe(1234);
    expect(Array.from({ length: 1234 }, (_, index) => pages.row(index)).slice(0)).toEqual(
      Array.from({ length: 1234 }, (_, index) => index),
    );
  });

  it('keeps the row that has the focus, and reads it again if it was released', async () => {
    const { pages, live } = source(20_000);
    pages.restart();
    await settled();
    for (let index = 0; index < 10_000; index += 25) {
      pages.ensure(index, index + 24, 5);
      await settled();
    }
    expect(pages.row(5)).toBe(5);
    expect(pages.row(1000)).toBeUndefined();
    expect(live()).toBeGreaterThanOrEqual(KEPT_PAGES);
    expect(live()).toBeLessThanOrEqual(LIVE_PAGES);
    pages.ensure(9000, 9024, 1000);
    await settled();
    expect(pages.row(1000)).toBe(1000);
  });

  it('is one page longer than what is known', async () => {
    const { pages } = source(1000);
    pages.restart();
    await settled();
    expect(pages.snapshot()).toMatchObject({ loaded: 100, count: 200 });
  });

  it('releases pages far away and reads them again alone', async () => {
    const { pages, live, asked } = source(10_000);
    pages.restart();
    await settled();
    await readTo(pages, 9999);
    expect(live()).toBeLessThanOrEqual(LIVE_PAGES + 1);
    expect(pages.row(250)).toBeUndefined();
    const before = asked.length;
    pages.ensure(250, 270);
    await settled();
    expect(pages.row(250)).toBe(250);
    expect(asked.length).toBe(before + 1);
    expect(asked.at(-1)).toEqual({ first: PAGE_SIZE, after: '199', last: null, before: null });
  });

  it('releases several pages at a time', async () => {
    const { pages, live } = source(10_000);
    pages.restart();
    await settled();
    const lives: number[] = [];
    for (let index = 0; index < 10_000; index += 25) {
      pages.ensure(index, index + 24);
      await settled();
      if (live() !== lives.at(-1)) lives.push(live());
    }
    const drops = lives.filter((many, place) => many < (lives[place - 1] ?? 0));
    expect(Math.max(...lives)).toBeLessThanOrEqual(LIVE_PAGES + 1);
    expect(new Set(drops)).toEqual(new Set([KEPT_PAGES]));
    expect(drops.length).toBeLessThanOrEqual(5);
  });

  it('reads backwards from the end', async () => {
    const { pages, asked } = source(1234);
    pages.restart('end');
    await settled();
    expect(asked[0]).toEqual({ first: null, after: null, last: PAGE_SIZE, before: null });
    const { count } = pages.snapshot();
    expect(pages.row(count - 1)).toBe(1233);
    pages.ensure(0, 20);
    await settled();
    expect(pages.row(pages.snapshot().count - 101)).toBe(1133);
  });

  it('begins anew once when a cursor is not valid any more', async () => {
    const { pages, fail, asked } = source(500);
    pages.restart();
    await settled();
    fail({ code: 'BAD_CURSOR' });
    pages.ensure(99, 120);
    await settled();
    await settled();
    expect(asked.at(-1)?.after).toBeNull();
    expect(pages.snapshot()).toMatchObject({ loaded: 100, error: null });
  });

  it('keeps what it has when a later page fails, and goes on when asked', async () => {
    const { pages, fail } = source(500);
    pages.restart();
    await settled();
    fail(new Error('away'));
    pages.ensure(99, 120);
    await settled();
    expect(pages.snapshot().error).toBeInstanceOf(Error);
    expect(pages.row(5)).toBe(5);
    pages.retry();
    await settled();
    expect(pages.snapshot()).toMatchObject({ loaded: 200, error: null });
  });
});

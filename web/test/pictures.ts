// Compares a page with the picture of it that is kept, and says what differs.
//
// Pictures are half the size of the screen. They are exact for one browser with one set of fonts, so the file
// `pictures/made-with.json` says which; "npm run pictures" takes all of them anew.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { NAMED } from './watch.ts';

const KEPT = fileURLToPath(new URL('pictures/', import.meta.url));
const IS_NEW = Boolean(process.env.RENEW_PICTURES);
/** Where the pictures go that are not as they should be. */
const OUT = process.env.PICTURES_OUT || join(tmpdir(), 'verigraph-pictures');
/** The share of a picture's points that may differ: with the browser and the fonts of the pictures, and with others, which draw
 * letters a little differently but the same page. */
const TOLERANCE = { same: 0.001, other: 0.08 };
/** What a machine says that draws as the one that the pictures were made with. */
const SAME = 'drawn with the same browser and fonts';
/** How far a colour may be off, of 255, until a point differs. */
const SHADE = 40;

interface Difference {
  /** The share of points that differ. */
  share: number;
  /** Where they are: left, top, right, bottom. */
  box: number[];
  /** The picture with the points that differ in red, as base64. */
  marked: string;
}

/** Null where the page is as in the picture; else what is wrong with it. */
export async function comparePicture(page: Page, name: string, machine: string): Promise<string | null> {
  const path = join(KEPT, `${name}.png`);
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide', scale: 'device' });
  if (IS_NEW) {
    await writeFile(path, taken);
    return null;
  }
  if (!existsSync(path)) return `${name}: there is no picture: "npm run pictures" takes it`;
  const kept = await readFile(path);
  if (kept.equals(taken)) return null;
  const differing = await difference(page, kept.toString('base64'), taken.toString('base64'));
  const tolerance = machine === SAME ? TOLERANCE.same : TOLERANCE.other;
  if (typeof differing !== 'string' && differing.share <= tolerance) return null;
  await mkdir(OUT, { recursive: true });
  await writeFile(join(OUT, `${name}.png`), taken);
  if (typeof differing === 'string') return `${name}: ${differing}; see ${OUT}/${name}.png`;
  await writeFile(join(OUT, `${name}.differs.png`), Buffer.from(differing.marked, 'base64'));
  const share = (100 * differing.share).toFixed(2);
  return `${name}: ${share} % differs, between ${differing.box.join(', ')}; see ${OUT}/${name}.differs.png`;
}

/** Compares two pictures in a page of its own, which can read them. */
async function difference(page: Page, kept: string, taken: string): Promise<Difference | string> {
  const other = await (await page.context().browser()?.newContext())?.newPage();
  if (!other) throw new Error('no browser');
  try {
    await other.evaluate(NAMED);
    return await other.evaluate(compare, { kept, taken, shade: SHADE });
  } finally {
    await other.context().close();
  }
}

async function compare({ kept, taken, shade }: { kept: string; taken: string; shade: number }): Promise<Difference | string> {
  const read = async (base64: string) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    return { canvas, context, pixels: context.getImageData(0, 0, image.width, image.height) };
  };
  const [before, now] = [await read(kept), await read(taken)];
  const { width, height } = before.canvas;
  if (now.canvas.width !== width || now.canvas.height !== height) {
    return `${now.canvas.width} × ${now.canvas.height} points instead of ${width} × ${height}`;
  }
  const box = [width, height, 0, 0];
  let count = 0;
  for (let point = 0; point < width * height; point += 1) {
    const at = point * 4;
    const isOff = [0, 1, 2].some((part) => Math.abs(Number(before.pixels.data[at + part]) - Number(now.pixels.data[at + part])) > shade);
    if (!isOff) continue;
    count += 1;
    const [x, y] = [point % width, Math.floor(point / width)];
    box.splice(0, 4, Math.min(Number(box[0]), x), Math.min(Number(box[1]), y), Math.max(Number(box[2]), x), Math.max(Number(box[3]), y));
    now.pixels.data.set([255, 0, 0, 255], at);
  }
  now.context.putImageData(now.pixels, 0, 0);
  return { share: count / (width * height), box, marked: now.canvas.toDataURL('image/png').split(',')[1] ?? '' };
}

export interface MadeWith {
  browser: string;
  font: string;
  monospace: string;
}

async function match(font: string): Promise<string> {
  const { stdout } = await promisify(execFile)('fc-match', [font]).catch(() => ({ stdout: 'unknown' }));
  return stdout.trim();
}

/** What this machine draws with, if it is something else than the pictures were made with. */
export async function compareMachine(page: Page): Promise<string> {
  const path = join(KEPT, 'made-with.json');
  const browser = `Chromium ${page.context().browser()?.version() ?? ''}`;
  const here: MadeWith = { browser, font: await match('system-ui'), monospace: await match('monospace') };
  await mkdir(KEPT, { recursive: true });
  if (IS_NEW) await writeFile(path, `${JSON.stringify(here, null, 2)}\n`);
  const there = JSON.parse(await readFile(path, 'utf8')) as MadeWith;
  if (JSON.stringify(here) === JSON.stringify(there)) return SAME;
  return `this machine draws with ${Object.values(here).join(', ')}; the pictures were made with ${Object.values(there).join(', ')}`;
}

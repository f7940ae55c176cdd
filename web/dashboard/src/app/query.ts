// The state of a list in the query string: every view is a link. A part that does not parse is dropped, and named.

export interface Codec<T> {
  readonly fallback: T;
  /** The value of all parts with the key, or null if one of them has no meaning. */
  parse(parts: string[]): T | null;
  format(value: T): string[];
}

/** Any of the values. */
export function anyOf<V extends string>(values: readonly V[]): Codec<readonly V[]> {
  return {
    fallback: [],
    parse(parts) {
      const found = values.filter((value) => parts.includes(value));
      return parts.every((part) => values.includes(part as V)) ? found : null;
    },
    format: (value) => values.filter((known) => value.includes(known)),
  };
}

/** One of the values, or none. */
export function oneOf<V extends string>(values: readonly V[]): Codec<V | null> {
  return {
    fallback: null,
    parse: ([part, ...more]) =>
      more.length === 0 && values.includes(part as V) ? (part as V) : null,
    format: (value) => (value === null ? [] : [value]),
  };
}

/** One of the values; the first one if nothing is said. */
export function choice<V extends string>(values: readonly [V, ...V[]]): Codec<V> {
  return {
    fallback: values[0],
    parse: ([part, ...more]) =>
      more.length === 0 && values.includes(part as V) ? (part as V) : null,
    format: (value) => [value],
  };
}

/** Texts of any content, each once. */
export const texts: Codec<readonly string[]> = {
  fallback: [],
  parse: (parts) => [...new Set(parts.filter((part) => part !== ''))],
  format: (value) => [...value],
};

/** One text. */
export const text: Codec<string | null> = {
  fallback: null,
  parse: ([part, ...more]) => (more.length === 0 && part ? part : null),
  format: (value) => (value ? [value] : []),
};

/** A number without a sign. */
export const natural: Codec<number | null> = {
  fallback: null,
  parse: ([part, ...more]) => (more.length === 0 && /^\d{1,15}$/.test(part ?? '') ? Number(part) : null),
  format: (value) => (value === null ? [] : [String(value)]),
};

/** Yes, no, or not said. */
export const flag: Codec<boolean | null> = {
  fallback: null,
  parse: ([part, ...more]) =>
    more.length > 0 ? null : part === 'yes' ? true : part === 'no' ? false : null,
  format: (value) => (value === null ? [] : [value ? 'yes' : 'no']),
};

/** A period: `>2024-01-01T00:00Z`, `>=…`, `<…`, `<=…`, each side at most once. */
export interface Period {
  from: { isIncluded: boolean; at: string } | null;
  to: { isIncluded: boolean; at: string } | null;
}

export const NO_PERIOD: Period = { from: null, to: null };

export const period: Codec<Period> = {
  fallback: NO_PERIOD,
  parse(parts) {
    const found: Period = { from: null, to: null };
    for (const part of parts) {
      const [, sign, equal, at] = /^([<>])(=?)(.+)$/.exec(part) ?? [];
      const time = Date.parse(at ?? '');
      if (Number.isNaN(time)) return null;
      const side = sign === '>' ? 'from' : 'to';
      if (found[side]) return null;
      found[side] = { isIncluded: equal === '=', at: new Date(time).toISOString() };
    }
    return found;
  },
  format: ({ from, to }) => [
    ...(from ? [`>${from.isIncluded ? '=' : ''}${from.at}`] : []),
    ...(to ? [`<${to.isIncluded ? '=' : ''}${to.at}`] : []),
  ],
};

/** A period as the graph takes it. */
export function rangeOf({ from, to }: Period) {
  if (!from && !to) return undefined;
  return {
    ...(from && { [from.isIncluded ? 'greaterThanOrEqual' : 'greaterThan']: from.at }),
    ...(to && { [to.isIncluded ? 'lessThanOrEqual' : 'lessThan']: to.at }),
  };
}

export type Shape = Record<string, Codec<any>>;
export type ValueOf<S extends Shape> = { [K in keyof S]: S[K] extends Codec<infer T> ? T : never };

export interface Query<S extends Shape> {
  fallback: ValueOf<S>;
  parse(search: string): { value: ValueOf<S>; dropped: string[] };
  format(value: ValueOf<S>): string;
}

/** What every list has: columns that are not shown. */
const COMMON = { hide: texts };

export function createQuery<S extends Shape>(own: S): Query<S & typeof COMMON> {
  const shape: S & typeof COMMON = { ...own, ...COMMON };
  const keys = Object.keys(shape);
  const codec = (key: string) => (shape as Record<string, Codec<unknown>>)[key] as Codec<unknown>;
  const fallback = Object.fromEntries(keys.map((key) => [key, codec(key).fallback])) as ValueOf<S & typeof COMMON>;
  return {
    fallback,
    parse(search) {
      const params = new URLSearchParams(search);
      const dropped: string[] = [];
      const value: Record<string, unknown> = { ...fallback };
      for (const key of new Set(params.keys())) {
        const parsed = keys.includes(key) ? codec(key).parse(params.getAll(key)) : null;
        if (parsed === null) dropped.push(key);
        else value[key] = parsed;
      }
      return { value: value as ValueOf<S & typeof COMMON>, dropped };
    },
    format(value) {
      const params = new URLSearchParams();
      for (const key of keys) {
        const parts = codec(key).format((value as Record<string, unknown>)[key]);
        const usual = codec(key).format(codec(key).fallback);
        if (parts.join('\n') === usual.join('\n')) continue;
        for (const part of parts) params.append(key, part);
      }
      return params.toString();
    },
  };
}

/** An order as the graph takes it: a minus is the other way round. */
export function orderByOf<F extends string>(order: F | `-${F}`): { field: F; direction: 'Asc' | 'Desc' } {
  const isDown = order.startsWith('-');
  return { field: (isDown ? order.slice(1) : order) as F, direction: isDown ? 'Desc' : 'Asc' };
}

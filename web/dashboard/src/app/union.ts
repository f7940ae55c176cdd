type Keys<U> = U extends unknown ? keyof U : never;

/** A union of objects as one object, where a field that a member does not have may be undefined. */
export type Flat<U> = {
  readonly [K in Keys<U>]: (U extends { readonly [P in K]?: infer V } ? V : never) | undefined;
};

export function flat<U extends object>(value: U): Flat<U> {
  return value as unknown as Flat<U>;
}

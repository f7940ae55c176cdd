// The fields of a machine-readable zone (ICAO Doc 9303): where they stand, and whether their check digits are right.

export type ZoneFieldName =
  | 'number'
  | 'nationality'
  | 'birthDate'
  | 'sex'
  | 'expirationDate'
  | 'optional'
  | 'composite';

export interface ZoneField {
  name: ZoneFieldName;
  line: number;
  from: number;
  to: number;
  read: string;
  /** The check digit in the zone, and the one that belongs there; null for fields without one. */
  digit: { read: string; due: string } | null;
}

export type Zone =
  | { form: 'TD1' | 'TD2' | 'TD3'; fields: ZoneField[] }
  /** No known form: how many lines there are, and what length each has. */
  | { form: null; lengths: number[]; expected: { lines: number; length: number } };

type Range = [line: number, from: number, to: number];

interface Layout {
  lines: number;
  length: number;
  fields: [name: ZoneFieldName, range: Range, digit: [line: number, at: number] | null][];
  composite: Range[];
  compositeDigit: [line: number, at: number];
}

const LAYOUTS: Record<'TD1' | 'TD2' | 'TD3', Layout> = {
  TD3: {
    lines: 2,
    length: 44,
    fields: [
      ['number', [1, 0, 9], [1, 9]],
      ['nationality', [1, 10, 13], null],
      ['birthDate', [1, 13, 19], [1, 19]],
      ['sex', [1, 20, 21], null],
      ['expirationDate', [1, 21, 27], [1, 27]],
      ['optional', [1, 28, 42], [1, 42]],
    ],
    composite: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 43],
    ],
    compositeDigit: [1, 43],
  },
  TD2: {
    lines: 2,
    length: 36,
    fields: [
      ['number', [1, 0, 9], [1, 9]],
      ['nationality', [1, 10, 13], null],
      ['birthDate', [1, 13, 19], [1, 19]],
      ['sex', [1, 20, 21], null],
      ['expirationDate', [1, 21, 27], [1, 27]],
      ['optional', [1, 28, 35], null],
    ],
    composite: [
      [1, 0, 10],
      [1, 13, 20],
      [1, 21, 35],
    ],
    compositeDigit: [1, 35],
  },
  TD1: {
    lines: 3,
    length: 30,
    fields: [
      ['number', [0, 5, 14], [0, 14]],
      ['nationality', [1, 15, 18], null],
      ['birthDate', [1, 0, 6], [1, 6]],
      ['sex', [1, 7, 8], null],
      ['expirationDate', [1, 8, 14], [1, 14]],
      ['optional', [0, 15, 30], null],
    ],
    composite: [
      [0, 5, 30],
      [1, 0, 7],
      [1, 8, 15],
      [1, 18, 29],
    ],
    compositeDigit: [1, 29],
  },
};

const WEIGHTS = [7, 3, 1];

/** The check digit of a text of letters, digits and fillers. */
export function checkDigit(text: string): string {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index] ?? '<';
    const value = /\d/.test(sign) ? Number(sign) : /[A-Z]/.test(sign) ? sign.charCodeAt(0) - 55 : 0;
    sum += value * (WEIGHTS[index % 3] ?? 0);
  }
  return String(sum % 10);
}

export function readZone(lines: readonly string[]): Zone {
  const lengths = lines.map((line) => line.length);
  const forms = Object.entries(LAYOUTS) as ['TD1' | 'TD2' | 'TD3', Layout][];
  const found = forms.find(
    ([, layout]) => layout.lines === lines.length && lengths.every((length) => length === layout.length),
  );
  if (!found) {
    const isCard = lines.length === 3;
    // Between passports and cards of two lines, the nearer length decides.
    const length = isCard ? 30 : (lengths[0] ?? 0) > 39 || /^P/.test(lines[0] ?? '') ? 44 : 36;
    return { form: null, lengths, expected: { lines: isCard ? 3 : 2, length } };
  }
  const [form, layout] = found;
  const cut = ([line, from, to]: Range) => (lines[line] ?? '').slice(from, to);
  const at = ([line, index]: [number, number]) => (lines[line] ?? '').charAt(index);
  const fields = layout.fields.map(([name, range, digit]): ZoneField => {
    const read = cut(range);
    const [line, from, to] = range;
    return { name, line, from, to, read, digit: digit && { read: at(digit), due: dueDigit(name, read, at(digit)) } };
  });
  const [line, index] = layout.compositeDigit;
  fields.push({
    name: 'composite',
    line,
    from: index,
    to: index + 1,
    read: at(layout.compositeDigit),
    digit: { read: at(layout.compositeDigit), due: checkDigit(layout.composite.map(cut).join('')) },
  });
  return { form, fields };
}

/** An empty optional field may have a filler for its digit. */
function dueDigit(name: ZoneFieldName, read: string, digit: string): string {
  return name === 'optional' && digit === '<' && /^<*$/.test(read) ? '<' : checkDigit(read);
}

import { describe, expect, it } from 'vitest';
import { checkDigit, readZone } from './zone.ts';

// The specimens of ICAO Doc 9303, parts 4, 6 and 5.
const PASSPORT = ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const TD2 = ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'];
const TD1 = ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'];

describe('a machine-readable zone', () => {
  it('has the check digits of the specimens', () => {
    for (const lines of [PASSPORT, TD2, TD1]) {
      const zone = readZone(lines);
      if (zone.form === null) throw new Error('the form is not known');
      for (const { name, digit } of zone.fields) {
        if (digit) expect([lines[0], name, digit.read]).toEqual([lines[0], name, digit.due]);
      }
    }
  });

  it('shows a wrong digit and the one due, where it stands', () => {
    const zone = readZone([PASSPORT[0] ?? '', 'L898902C36UTO7408123F1204159ZE184226B<<<<<10']);
    if (zone.form === null) throw new Error('the form is not known');
    const birth = zone.fields.find(({ name }) => name === 'birthDate');
    expect(birth).toEqual({
      name: 'birthDate',
      line: 1,
      from: 13,
      to: 19,
      read: '740812',
      digit: { read: '3', due: '2' },
    });
  });

  it('says what is wrong with the form of a malformed one', () => {
    expect(readZone(['P<USAJOHN<<DOE<<<<<<<<<<<<<<<<<<<<<<<<<<', 'X12345678USA900101M3007155DOE<<<<<<<<<<'])).toEqual({
      form: null,
      lengths: [40, 39],
      expected: { lines: 2, length: 44 },
    });
  });

  it('computes digits as the specification does', () => {
    expect(checkDigit('520727')).toBe('3');
    expect(checkDigit('AB2134<<<')).toBe('5');
  });
});

import { msg } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useWords, type Words } from '../app/words.ts';
import { Badge } from '../ui/Badge.tsx';
import { Table } from '../ui/Table.tsx';
import { Day } from '../ui/Time.tsx';
import styles from './document.module.css';
import { documentFinding } from './words.ts';
import { readZone, type ZoneField, type ZoneFieldName } from './zone.ts';

type Values = Partial<Record<ZoneFieldName, string | null | undefined>>;

interface Props {
  lines: readonly string[];
  findings: readonly string[];
  /** What the document says outside of its zone, and what the record says. */
  printed: Values;
  record: Values;
}

const fieldName: Words<ZoneFieldName> = {
  number: { text: msg`Number` },
  nationality: { text: msg`Nationality` },
  birthDate: { text: msg`Birth` },
  sex: { text: msg`Sex` },
  expirationDate: { text: msg`Expiry` },
  optional: { text: msg`Optional` },
  composite: { text: msg`Whole zone` },
};

const FINDINGS: Record<ZoneFieldName, RegExp> = {
  number: /^MrzNumber/,
  nationality: /^Mrz(Nationality|IssuingState)/,
  birthDate: /^MrzBirthDate/,
  sex: /^MrzSex/,
  expirationDate: /^MrzExpiration/,
  optional: /^MrzOptional/,
  composite: /^MrzComposite/,
};

/** A machine-readable zone, field by field, beside the document and the record. */
export function ZoneTable({ lines, findings, printed, record }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const [marked, setMarked] = useState<ZoneFieldName | null>(null);
  const zone = readZone(lines);
  const field = zone.form === null ? undefined : zone.fields.find(({ name }) => name === marked);
  const known = Object.values(FINDINGS);
  const others = findings.filter((finding) => !known.some((sign) => sign.test(finding)));
  return (
    <section className={styles.zone} aria-label={t`Machine-readable zone`}>
      <pre className={styles.lines}>
        {lines.map((line, index) => (
          <Line key={index} text={line} mark={field?.line === index ? field : undefined} />
        ))}
      </pre>
      {zone.form === null ? (
        <ul className={styles.findings}>
          {lines.length !== zone.expected.lines && (
            <li>
              <Trans>
                The zone has {lines.length} lines instead of {zone.expected.lines}.
              </Trans>
            </li>
          )}
          {zone.lengths.map(
            (length, index) =>
              length !== zone.expected.length && (
                <li key={index}>
                  <Trans>
                    Line {index + 1} has <Plural value={length} one="# character" other="# characters" /> instead of{' '}
                    {zone.expected.length}.
                  </Trans>
                </li>
              ),
          )}
        </ul>
      ) : (
        <Table
          label={t`Fields of the zone`}
          heads={[
            { text: t`Field` },
            { text: t`Zone` },
            { text: t`Digit read / due` },
            { text: t`Document` },
            { text: t`Record` },
            { text: t`Finding` },
          ]}
        >
          {zone.fields.map((one) => {
            const { name, digit, read } = one;
            const isWrong = digit !== null && digit.read !== digit.due;
            const own = findings.filter((finding) => FINDINGS[name].test(finding));
            return (
              <tr
                key={name}
                data-marked={marked === name || undefined}
                onMouseEnter={() => setMarked(name)}
                onMouseLeave={() => setMarked(null)}
              >
                <td>{words(fieldName, name).text}</td>
                <td>
                  <code>{shown(one)}</code>
                </td>
                <td>{digit ? <code>{`${digit.read} / ${digit.due}`}</code> : '–'}</td>
                <td>{value(printed[name])}</td>
                <td>{value(record[name])}</td>
                <td>
                  {isWrong || own.length > 0 ? (
                    <span className={styles.wrong}>
                      <Badge tone="refused" isPlain>
                        {own[0] ? words(documentFinding, own[0]).text : t`The check digit is wrong.`}
                      </Badge>
                    </span>
                  ) : (
                    read !== '' && (
                      <Badge tone="ok" isPlain>
                        <Trans>in order</Trans>
                      </Badge>
                    )
                  )}
                </td>
              </tr>
            );
          })}
        </Table>
      )}
      {others.length > 0 && (
        <ul className={styles.findings}>
          {others.map((finding) => (
            <li key={finding}>{words(documentFinding, finding).text}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ text, mark }: { text: string; mark: ZoneField | undefined }) {
  if (!mark) return <span>{`${text}\n`}</span>;
  return (
    <span>
      {text.slice(0, mark.from)}
      <mark>{text.slice(mark.from, mark.to)}</mark>
      {`${text.slice(mark.to)}\n`}
    </span>
  );
}

function shown({ name, read }: ZoneField): string {
  if (name === 'composite') return '';
  return read.replace(/<+$/, '') || '<';
}

function value(text: string | null | undefined) {
  if (!text) return '–';
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? <Day date={text} /> : text;
}

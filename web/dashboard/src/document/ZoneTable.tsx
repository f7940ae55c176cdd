import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { graphql, useFragment } from 'react-relay/hooks';
import { useWords } from '../app/words.ts';
import { Badge } from '../ui/Badge.tsx';
import { Table } from '../ui/Table.tsx';
import { Day } from '../ui/Time.tsx';
import type { ZoneTable_field$key } from './__generated__/ZoneTable_field.graphql.ts';
import type { ZoneTable_problem$key } from './__generated__/ZoneTable_problem.graphql.ts';
import styles from './document.module.css';
import { documentFinding, mrzField } from './words.ts';

type Values = Partial<Record<string, string | null | undefined>>;

const FIELDS = graphql`
  fragment ZoneTable_field on MrzField @relay(plural: true) {
    name
    line
    from
    to
    read
    digitRead
    digitDue
    finding
  }
`;

const PROBLEM = graphql`
  fragment ZoneTable_problem on MrzProblem {
    lineLengths
    expectedLines
    expectedLength
  }
`;

interface Props {
  lines: readonly string[];
  fields: ZoneTable_field$key;
  /** What is wrong with the form of the zone; then it has no fields. */
  problem: ZoneTable_problem$key | null;
  findings: readonly string[];
  /** What the document says outside of its zone, and what the record says. */
  printed: Values;
  record: Values;
}

/** A machine-readable zone, field by field, beside the document and the record. */
export function ZoneTable({ lines, findings, printed, record, ...props }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const fields = useFragment(FIELDS, props.fields);
  const problem = useFragment(PROBLEM, props.problem);
  const [marked, setMarked] = useState<number | null>(null);
  const field = marked === null ? undefined : fields[marked];
  const shownFindings = new Set<string | null | undefined>(fields.map(({ finding }) => finding));
  const others = findings.filter((finding) => !shownFindings.has(finding));
  return (
    <section className={styles.zone} aria-label={t`Machine-readable zone`}>
      <pre className={styles.lines}>
        {lines.map((line, index) => (
          <Line key={index} text={line} mark={field?.line === index ? field : undefined} />
        ))}
      </pre>
      {problem ? (
        <ul className={styles.findings}>
          {lines.length !== problem.expectedLines && (
            <li>
              <Trans>
                The zone has {lines.length} lines instead of {problem.expectedLines}.
              </Trans>
            </li>
          )}
          {problem.lineLengths.map(
            (length, index) =>
              length !== problem.expectedLength && (
                <li key={index}>
                  <Trans>
                    Line {index + 1} has <Plural value={length} one="# character" other="# characters" /> instead of{' '}
                    {problem.expectedLength}.
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
          {fields.map(({ name, read, digitRead, digitDue, finding }, index) => {
            const hasDigit = typeof digitRead === 'string' && typeof digitDue === 'string';
            const isWrong = hasDigit && digitRead !== digitDue;
            return (
              <tr
                key={index}
                data-marked={marked === index || undefined}
                // By Tab too, field by field.
                tabIndex={0}
                onFocus={() => setMarked(index)}
                onBlur={() => setMarked(null)}
                onMouseEnter={() => setMarked(index)}
                onMouseLeave={() => setMarked(null)}
              >
                <td>{words(mrzField, name).text}</td>
                <td>
                  <code>{shown(name, read)}</code>
                </td>
                <td>{hasDigit ? <code>{`${digitRead} / ${digitDue}`}</code> : '–'}</td>
                <td>{value(printed[name])}</td>
                <td>{value(record[name])}</td>
                <td>
                  {isWrong || finding ? (
                    <span className={styles.wrong}>
                      <Badge tone="refused" isPlain>
                        {finding ? words(documentFinding, finding).text : t`The check digit is wrong.`}
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

function Line({ text, mark }: { text: string; mark: { from: number; to: number } | undefined }) {
  if (!mark) return <span>{`${text}\n`}</span>;
  return (
    <span>
      {text.slice(0, mark.from)}
      <mark>{text.slice(mark.from, mark.to)}</mark>
      {`${text.slice(mark.to)}\n`}
    </span>
  );
}

function shown(name: string, read: string): string {
  if (name === 'COMPOSITE') return '';
  return read.replace(/<+$/, '') || '<';
}

function value(text: string | null | undefined) {
  if (!text) return '–';
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? <Day date={text} /> : text;
}

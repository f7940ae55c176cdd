import { graphql, useFragment } from 'react-relay/hooks';
import { flat } from '../app/union.ts';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Card } from '../ui/Panel.tsx';
import { Time } from '../ui/Time.tsx';
import type { DocumentCard_document$key } from './__generated__/DocumentCard_document.graphql.ts';
import type { DocumentCard_user$key } from './__generated__/DocumentCard_user.graphql.ts';
import styles from './document.module.css';
import { DOCUMENT } from './document-fragment.ts';
import { DocumentFacts } from './DocumentFacts.tsx';
import { Images } from './Images.tsx';
import { documentAddress } from './load-image.ts';
import { documentFinding, documentKind, mrzStatus } from './words.ts';
import { ZoneTable } from './ZoneTable.tsx';

interface Props {
  document: DocumentCard_document$key;
  user: DocumentCard_user$key;
}

export function DocumentCard({ user, ...props }: Props) {
  const document = useFragment(DOCUMENT, props.document);
  const data = flat(document);
  const record = useFragment(
    graphql`
      fragment DocumentCard_user on User {
        birthDate @include(if: $personal)
        nationalityCCA3 @include(if: $personal)
      }
    `,
    user,
  );
  const findings = (data.findings ?? []).filter((finding) => !finding.startsWith('Mrz'));
  const zoneFindings = (data.findings ?? []).filter((finding) => finding.startsWith('Mrz'));
  const hasZone = (data.mrzLines ?? []).length > 0;
  return (
    <Card
      title={
        <>
          <WordOf words={documentKind} value={document.__typename} />
          {data.createdAt && (
            <span className={styles.when}>
              {' · '}
              <Time at={data.createdAt} style="date" />
            </span>
          )}
        </>
      }
      actions={data.mrzStatus && <WordBadge words={mrzStatus} value={data.mrzStatus} />}
    >
      <Images images={data.images ?? []} ask={documentAddress} />
      {findings.length > 0 && (
        <ul className={styles.findings}>
          {findings.map((finding) => (
            <li key={finding}>
              <WordOf words={documentFinding} value={finding} />
            </li>
          ))}
        </ul>
      )}
      <DocumentFacts data={data} />
      {hasZone && (
        <ZoneTable
          lines={linesOf(data.mrzLines ?? [])}
          fields={data.mrzFields ?? []}
          problem={data.mrzProblem ?? null}
          findings={zoneFindings}
          printed={{
            NUMBER: data.idNumber,
            BIRTH_DATE: data.dateOfBirth,
            SEX: data.sex,
            EXPIRATION_DATE: data.dateOfExpiration,
          }}
          record={{ BIRTH_DATE: record.birthDate, NATIONALITY: record.nationalityCCA3 }}
        />
      )}
    </Card>
  );
}

/** The lines as the server counts them. */
function linesOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split('\n')).map((line) => line.trim()).filter(Boolean);
}

import { Trans, useLingui } from '@lingui/react/macro';
import { graphql, useFragment } from 'react-relay/hooks';
import { flat } from '../app/union.ts';
import { WordBadge, WordOf } from '../app/WordBadge.tsx';
import { Card } from '../ui/Panel.tsx';
import { Fact, Facts } from '../ui/Table.tsx';
import { Day, Time } from '../ui/Time.tsx';
import type { DocumentCard_document$key } from './__generated__/DocumentCard_document.graphql.ts';
import type { DocumentCard_user$key } from './__generated__/DocumentCard_user.graphql.ts';
import styles from './document.module.css';
import { Images, type ImageOwner } from './Images.tsx';
import { documentFinding, documentKind, mrzStatus } from './words.ts';
import { ZoneTable } from './ZoneTable.tsx';

interface Props {
  document: DocumentCard_document$key;
  user: DocumentCard_user$key;
  owner: ImageOwner;
}

export function DocumentCard({ user, owner, ...props }: Props) {
  const { i18n } = useLingui();
  const document = useFragment(
    graphql`
      fragment DocumentCard_document on IdentificationDocument {
        __typename
        ... on IdCardDocument {
          id
          createdAt
          images {
            id
            kind
            width
            height
          }
          mrzStatus
          mrzLines
          findings
          matchLevel
          firstName
          lastName
          dateOfBirth
          placeOfBirth
          sex
          address
          idNumber
          dateOfIssue
          dateOfExpiration
          issuingAuthority
        }
        ... on PassportDocument {
          id
          createdAt
          images {
            id
            kind
            width
            height
          }
          mrzStatus
          mrzLines
          findings
          matchLevel
          firstName
          lastName
          dateOfBirth
          placeOfBirth
          sex
          address
          idNumber
          dateOfIssue
          dateOfExpiration
          issuingAuthority
        }
        ... on ResidencePermitDocument {
          id
          createdAt
          images {
            id
            kind
            width
            height
          }
          mrzStatus
          mrzLines
          findings
          matchLevel
          firstName
          lastName
          dateOfBirth
          placeOfBirth
          sex
          address
          idNumber
          dateOfIssue
          dateOfExpiration
          issuingAuthority
        }
        ... on UnclassifiedDocument {
          id
          createdAt
          images {
            id
            kind
            width
            height
          }
          mrzStatus
          mrzLines
          findings
          matchLevel
          firstName
          lastName
          dateOfBirth
          placeOfBirth
          sex
          address
          idNumber
          dateOfIssue
          dateOfExpiration
          issuingAuthority
        }
        ... on DriversLicenseDocument {
          id
          createdAt
          images {
            id
            kind
            width
            height
          }
          mrzStatus
          mrzLines
          findings
          matchLevel
          firstName
          lastName
          dateOfBirth
          address
          idNumber
          dateOfIssue
          dateOfExpiration
          issuingAuthority
        }
        ... on CarRegistrationDocument {
          id
          createdAt
          images {
            id
            kind
            width
            height
          }
          mrzStatus
          mrzLines
          findings
          matchLevel
          fullName
          address
          idNumber
          dateOfIssue
          issuingAuthority
        }
        ... on AddressProofDocument {
          id
          createdAt
          images {
            id
            kind
            width
            height
          }
          mrzStatus
          mrzLines
          findings
          matchLevel
          fullName
          address
          docTypes
          issueDate
          issuerName
        }
        ... on FacePhotoDocument {
          id
          createdAt
          images {
            id
            kind
            width
            height
          }
          matchLevel
        }
        ... on ReportDocument {
          id
          createdAt
          images {
            id
            kind
            width
            height
          }
        }
      }
    `,
    props.document,
  );
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
      <Images images={data.images ?? []} owner={owner} />
      {findings.length > 0 && (
        <ul className={styles.findings}>
          {findings.map((finding) => (
            <li key={finding}>
              <WordOf words={documentFinding} value={finding} />
            </li>
          ))}
        </ul>
      )}
      <Facts>
        {data.fullName && <Fact name={<Trans>Name</Trans>}>{data.fullName}</Fact>}
        {data.firstName && <Fact name={<Trans>Given names</Trans>}>{data.firstName}</Fact>}
        {data.lastName && <Fact name={<Trans>Family name</Trans>}>{data.lastName}</Fact>}
        {data.dateOfBirth && (
          <Fact name={<Trans>Date of birth</Trans>}>
            <Day date={data.dateOfBirth} />
          </Fact>
        )}
        {data.placeOfBirth && <Fact name={<Trans>Place of birth</Trans>}>{data.placeOfBirth}</Fact>}
        {data.sex && <Fact name={<Trans>Sex</Trans>}>{data.sex}</Fact>}
        {data.idNumber && (
          <Fact name={<Trans>Number</Trans>}>
            <code>{data.idNumber}</code>
          </Fact>
        )}
        {data.dateOfIssue && (
          <Fact name={<Trans>Issued</Trans>}>
            <Day date={data.dateOfIssue} />
          </Fact>
        )}
        {data.issueDate && (
          <Fact name={<Trans>Issued</Trans>}>
            <Day date={data.issueDate} />
          </Fact>
        )}
        {data.dateOfExpiration && (
          <Fact name={<Trans>Expires</Trans>}>
            <Day date={data.dateOfExpiration} />
          </Fact>
        )}
        {(data.issuingAuthority ?? data.issuerName) && (
          <Fact name={<Trans>Issued by</Trans>}>{data.issuingAuthority ?? data.issuerName}</Fact>
        )}
        {data.address && <Fact name={<Trans>Address</Trans>}>{data.address}</Fact>}
        {data.docTypes && <Fact name={<Trans>Types</Trans>}>{data.docTypes.join(', ')}</Fact>}
        {typeof data.matchLevel === 'number' && (
          <Fact name={<Trans>Match</Trans>}>{i18n.number(data.matchLevel)}</Fact>
        )}
      </Facts>
      {hasZone && (
        <ZoneTable
          lines={data.mrzLines ?? []}
          findings={zoneFindings}
          printed={{
            number: data.idNumber,
            birthDate: data.dateOfBirth,
            sex: data.sex,
            expirationDate: data.dateOfExpiration,
          }}
          record={{ birthDate: record.birthDate, nationality: record.nationalityCCA3 }}
        />
      )}
    </Card>
  );
}

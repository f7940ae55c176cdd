import { Trans, useLingui } from '@lingui/react/macro';
import type { Flat } from '../app/union.ts';
import { Fact, Facts } from '../ui/Table.tsx';
import { Day } from '../ui/Time.tsx';
import type { DocumentCard_document$data } from './__generated__/DocumentCard_document.graphql.ts';

/** What a document says, as it was read. */
export function DocumentFacts({ data }: { data: Flat<DocumentCard_document$data> }) {
  const { i18n } = useLingui();
  return (
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
  );
}

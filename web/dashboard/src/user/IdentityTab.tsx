import { Trans } from '@lingui/react/macro';
import { graphql } from 'react-relay/hooks';
import { useSeat } from '../app/seat.tsx';
import { usePageQuery } from '../app/use-page-query.ts';
import { WordOf } from '../app/WordBadge.tsx';
import { CurrentLevels } from '../identification/CurrentLevels.tsx';
import { Card, Message } from '../ui/Panel.tsx';
import { Fact, Facts } from '../ui/Table.tsx';
import { Day, Time } from '../ui/Time.tsx';
import { Country } from './Country.tsx';
import type { IdentityTabQuery } from './__generated__/IdentityTabQuery.graphql.ts';
import { notificationChannel } from './words.ts';

export function IdentityTab({ userId }: { userId: string }) {
  const seat = useSeat();
  const isPersonal = seat.can('USERS:PERSONAL');
  const { user } = usePageQuery<IdentityTabQuery>(
    graphql`
      query IdentityTabQuery($id: String!, $personal: Boolean!, $levels: Boolean!, $grants: Boolean!) {
        user(id: $id) {
          status
          createdAt
          updatedAt
          joinedAt
          firstName @include(if: $personal)
          allFirstNames @include(if: $personal)
          lastName @include(if: $personal)
          birthLastName @include(if: $personal)
          preferredLastName @include(if: $personal)
          birthDate @include(if: $personal)
          birthCity @include(if: $personal)
          birthCountry @include(if: $personal)
          nationalityCCA3 @include(if: $personal)
          mobilePhoneNumber @include(if: $personal)
          verifiedEmails @include(if: $personal)
          preferredNotificationChannel @include(if: $personal)
          ...CurrentLevels_user
        }
      }
    `,
    {
      id: userId,
      personal: isPersonal,
      levels: seat.can('IDENTIFICATIONS:VIEW'),
      grants: seat.can('VERIFICATIONS:VIEW'),
    },
  );
  if (!user) return null;
  if (user.status === 'Erased') {
    return (
      <Message title={<Trans>This user was erased</Trans>}>
        <Trans>What is kept is the fact that there was a user of this number.</Trans>
      </Message>
    );
  }
  return (
    <>
      {seat.can('IDENTIFICATIONS:VIEW') && <CurrentLevels user={user} />}
      {isPersonal && (
        <Card title={<Trans>Person</Trans>}>
          <Facts>
            <Fact name={<Trans>Given name</Trans>}>{user.firstName}</Fact>
            <Fact name={<Trans>All given names</Trans>}>{user.allFirstNames}</Fact>
            <Fact name={<Trans>Family name</Trans>}>{user.lastName}</Fact>
            <Fact name={<Trans>Family name at birth</Trans>}>{user.birthLastName}</Fact>
            <Fact name={<Trans>Preferred family name</Trans>}>{user.preferredLastName}</Fact>
            <Fact name={<Trans>Date of birth</Trans>}>{user.birthDate && <Day date={user.birthDate} />}</Fact>
            <Fact name={<Trans>Place of birth</Trans>}>{user.birthCity}</Fact>
            <Fact name={<Trans>Country of birth</Trans>}>
              {user.birthCountry && <Country code={user.birthCountry} />}
            </Fact>
            <Fact name={<Trans>Nationality</Trans>}>
              {user.nationalityCCA3 && <Country code={user.nationalityCCA3} />}
            </Fact>
            <Fact name={<Trans>Mobile telephone</Trans>}>{user.mobilePhoneNumber}</Fact>
            <Fact name={<Trans>Verified e-mail addresses</Trans>}>{user.verifiedEmails?.join(', ')}</Fact>
            <Fact name={<Trans>Prefers notifications by</Trans>}>
              {user.preferredNotificationChannel && (
                <WordOf words={notificationChannel} value={user.preferredNotificationChannel} />
              )}
            </Fact>
          </Facts>
        </Card>
      )}
      <Card title={<Trans>Record</Trans>}>
        <Facts>
          <Fact name={<Trans>Created</Trans>}>
            <Time at={user.createdAt} />
          </Fact>
          <Fact name={<Trans>Updated</Trans>}>
            <Time at={user.updatedAt} />
          </Fact>
          <Fact name={<Trans>First took part</Trans>}>{user.joinedAt && <Time at={user.joinedAt} />}</Fact>
          <Fact name={<Trans>Id</Trans>}>
            <code>{userId}</code>
          </Fact>
        </Facts>
      </Card>
    </>
  );
}

export default IdentityTab;

import { graphql, useFragment } from 'react-relay/hooks';
import { Day } from '../ui/Time.tsx';
import type { Released_result$key } from './__generated__/Released_result.graphql.ts';

/** What a result gave away of a person. */
export function Released({ result }: { result: Released_result$key }) {
  const { data } = useFragment(
    graphql`
      fragment Released_result on VerificationResult {
        data {
          identityId
          name {
            fullName
          }
          dateOfBirth
          phone
        }
      }
    `,
    result,
  );
  if (!data) return '–';
  const { identityId, name, dateOfBirth, phone } = data;
  return (
    <>
      {name?.fullName && <div>{name.fullName}</div>}
      {dateOfBirth && (
        <div>
          <Day date={dateOfBirth} />
        </div>
      )}
      {phone && <div>{phone}</div>}
      {identityId && <code>{identityId}</code>}
    </>
  );
}

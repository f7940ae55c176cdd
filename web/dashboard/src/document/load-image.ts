// Loads an image by an address that is good once: asked for now, fetched now, and kept only as long as it is shown.

import { fetchQuery, graphql } from 'react-relay/hooks';
import type { IEnvironment } from 'relay-runtime';
import type { loadImageQuery } from './__generated__/loadImageQuery.graphql.ts';
import type { ImageOwner } from './Images.tsx';

const QUERY = graphql`
  query loadImageQuery($session: ID!, $identification: ID!, $isSession: Boolean!) {
    verificationSession(id: $session) @include(if: $isSession) {
      documents {
        ...imageUrls @relay(mask: false)
      }
    }
    identification(id: $identification) @skip(if: $isSession) {
      documents {
        ...imageUrls @relay(mask: false)
      }
    }
  }
`;

const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The address of a blob with the image. Whoever asked has to revoke it. */
export async function loadImage(environment: IEnvironment, owner: ImageOwner, imageId: string): Promise<string> {
  const isSession = 'session' in owner;
  const data = await fetchQuery<loadImageQuery>(
    environment,
    QUERY,
    {
      session: isSession ? owner.session : NOBODY,
      identification: isSession ? NOBODY : owner.identification,
      isSession,
    },
    { fetchPolicy: 'network-only' },
  ).toPromise();
  const documents = data?.verificationSession?.documents ?? data?.identification?.documents ?? [];
  const images = documents.flatMap(({ images }) => images ?? []);
  const url = images.find(({ id }) => id === imageId)?.url;
  if (!url) throw new Error('the image is not there any more');
  // The path alone, on the page's own origin.
  const { pathname, search } = new URL(url, window.location.href);
  const response = await fetch(`${pathname}${search}`, { cache: 'no-store', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`the image was answered with ${response.status}`);
  return URL.createObjectURL(await response.blob());
}

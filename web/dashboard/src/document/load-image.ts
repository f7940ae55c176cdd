// Loads an image by an address that is good once: asked for now, fetched now, and kept only as long as it is shown.

import { fetchQuery, graphql } from 'react-relay/hooks';
import type { IEnvironment } from 'relay-runtime';
import type { loadImageDocumentQuery } from './__generated__/loadImageDocumentQuery.graphql.ts';
import type { loadImageProofingQuery, ProofingImageSide } from './__generated__/loadImageProofingQuery.graphql.ts';

/** Asks for the address of an image. The server records that the image was opened. */
export type AskAddress = (environment: IEnvironment, imageId: string) => Promise<string | null | undefined>;

const DOCUMENT = graphql`
  query loadImageDocumentQuery($id: ID!) {
    documentImage(id: $id) {
      url
    }
  }
`;

const PROOFING = graphql`
  query loadImageProofingQuery($request: ID!, $side: ProofingImageSide!) {
    proofingRequest(id: $request) {
      images(side: $side) {
        url
      }
    }
  }
`;

const now = { fetchPolicy: 'network-only' } as const;

export const documentAddress: AskAddress = async (environment, id) => {
  const data = await fetchQuery<loadImageDocumentQuery>(environment, DOCUMENT, { id }, now).toPromise();
  return data?.documentImage?.url;
};

/** For the images of a proofing request, whose ids are the sides. */
export function proofingAddress(request: string): AskAddress {
  return async (environment, id) => {
    const variables = { request, side: id as ProofingImageSide };
    const data = await fetchQuery<loadImageProofingQuery>(environment, PROOFING, variables, now).toPromise();
    return data?.proofingRequest?.images?.[0]?.url;
  };
}

/** The address of a blob with the image. Whoever asked has to revoke it. */
export async function loadImage(environment: IEnvironment, ask: AskAddress, imageId: string): Promise<string> {
  const url = await ask(environment, imageId);
  if (!url) throw new Error('the image is not there any more');
  // The path alone, on the page's own origin.
  const { pathname, search } = new URL(url, window.location.href);
  const response = await fetch(`${pathname}${search}`, { cache: 'no-store', referrerPolicy: 'no-referrer' });
  if (!response.ok) throw new Error(`the image was answered with ${response.status}`);
  return URL.createObjectURL(await response.blob());
}

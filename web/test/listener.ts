// A receiver of webhooks as integrators write one: Express takes the POST, the signature is verified by the
// reference implementation, and axios fetches what the event is about.

import type { AddressInfo } from 'node:net';
import axios from 'axios';
import express, { type Request } from 'express';
import { Webhook } from 'standardwebhooks';

/** What a delivery says, whichever kind of body it has. */
export type Body = Record<string, string>;

/** One delivery that was taken, and what the look-up after it was answered. */
export interface Delivery {
  headers: Record<string, string>;
  raw: string;
  body: Body;
  found: unknown;
}

/** Where to look up what a delivery is about. */
export interface LookUp {
  url: string;
  headers: Record<string, string>;
}

export interface Listener {
  url: string;
  /** The next delivery that has not been asked for yet. */
  next(): Promise<Delivery>;
  /** Sets the secret that deliveries have to be signed with. */
  trust(secret: string): void;
  stop(): Promise<void>;
}

const WAIT_MS = 20_000;

export async function listen(lookUp: (body: Body) => LookUp): Promise<Listener> {
  const deliveries: (Delivery | Error)[] = [];
  let wake: () => void = () => undefined;
  let webhook: Webhook | undefined;
  const raw = new WeakMap<object, string>();
  const app = express();
  // The signature is over the bytes as they came, so they are kept beside what is read from them.
  app.use(express.json({ verify: (request, _, bytes) => void raw.set(request, bytes.toString('utf8')) }));

  async function take(request: Request): Promise<Delivery> {
    const text = raw.get(request) ?? '';
    const headers = request.headers as Record<string, string>;
    if (!webhook) throw new Error('a delivery came before its secret was known');
    const body = webhook.verify(text, headers) as Body;
    const { url, headers: credentials } = lookUp(body);
    const { data: found } = await axios.get<unknown>(url, { headers: credentials });
    return { headers, raw: text, body, found };
  }

  app.post('/webhook', async (request, response) => {
    try {
      deliveries.push(await take(request));
      response.status(200).send('taken');
    } catch (error) {
      deliveries.push(error instanceof Error ? error : new Error(String(error)));
      response.status(500).send('not taken');
    }
    wake();
  });

  const server = app.listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    trust(secret) {
      webhook = new Webhook(secret);
    },
    async next() {
      const deadline = Date.now() + WAIT_MS;
      while (deliveries.length === 0) {
        if (Date.now() > deadline) throw new Error('nothing was delivered');
        await new Promise<void>((done) => {
          wake = done;
          setTimeout(done, 100);
        });
      }
      const delivery = deliveries.shift();
      if (!delivery || delivery instanceof Error) throw delivery ?? new Error('nothing was delivered');
      return delivery;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

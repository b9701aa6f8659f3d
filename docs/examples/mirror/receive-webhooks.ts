import { createServer, type IncomingMessage, type Server } from 'node:http';
import { Webhook } from 'standardwebhooks';

/** What a message is about. */
export interface Told {
  readonly type: string;
  readonly data: { readonly articleId?: string };
}

const read = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** A server that hands what the gateway signed to `onTold`, and answers when that is done: what fails comes again. */
export const receiveWebhooks = (secret: string, onTold: (told: Told) => Promise<void>): Server => {
  const webhook = new Webhook(secret);
  const receive = async (request: IncomingMessage): Promise<number> => {
    const body = await read(request);
    try {
      webhook.verify(body, request.headers as Record<string, string>, { jsonParse: false });
    } catch {
      return 401;
    }
    await onTold(JSON.parse(body.toString()) as Told);
    return 204;
  };
  return createServer((request, response) => {
    receive(request).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(500).end(),
    );
  });
};

import { createServer, type IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';

const { WEBHOOK_SECRET = '', PORT = '8080' } = process.env;
const webhook = new Webhook(WEBHOOK_SECRET);

const receive = async (request: IncomingMessage): Promise<number> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  try {
    // Over the bytes as they came, before anything reads them.
    webhook.verify(Buffer.concat(chunks), request.headers as Record<string, string>, { jsonParse: false });
  } catch {
    return 401;
  }
  const { type, data } = JSON.parse(Buffer.concat(chunks).toString()) as { type: string; data: { url?: string } };
  console.log(type, data.url ?? '');
  // Only when it is stored: what is not answered with 2xx comes again.
  return 204;
};

const server = createServer((request, response) => {
  receive(request).then(
    (status) => response.writeHead(status).end(),
    () => response.writeHead(400).end(),
  );
});
server.listen(Number(PORT), '127.0.0.1', () => console.log('listening'));

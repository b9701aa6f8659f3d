import { lookup as lookUp } from 'node:dns';
import { request as requestPlain, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestEncrypted } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressGuard } from './address-guard.ts';
import { codeOf, OutboundError, parseAddress, type HttpClient, type OutboundAnswer } from './http-client.ts';

export interface GuardedHttpClientOptions {
  readonly guard: AddressGuard;
  readonly deadlineMs?: number;
  /** Of the body that is kept. */
  readonly limitBytes?: number;
  /** Default: the system's own, which reads /etc/hosts too. */
  readonly lookup?: typeof lookUp;
}

const REFUSED = 'EADDRREFUSED';
const refusal = (): Error => Object.assign(new Error('The address is not to be reached'), { code: REFUSED });

/** Looks a name up and gives what may be connected to: the socket opens to exactly what was looked at here, no later answer counts. */
const guardLookup =
  (mayReach: (address: string) => boolean, lookup: typeof lookUp): LookupFunction =>
  (name, options, callback) =>
    lookup(name, { ...options, all: true }, (error, found) => {
      const [first, ...others] = error === null ? found.filter(({ address }) => mayReach(address)) : [];
      if (error !== null) callback(error, '');
      else if (first === undefined) callback(refusal(), '');
      else if (options.all === true) callback(null, [first, ...others]);
      else callback(null, first.address, first.family);
    });

/** The host as the socket gets it: numbers of every notation are a plain IPv4 address by now, brackets are left out. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

const readHeaders = ({ rawHeaders }: IncomingMessage): Headers => {
  const headers = new Headers();
  for (let place = 0; place < rawHeaders.length; place += 2)
    headers.append(rawHeaders[place] ?? '', rawHeaders[place + 1] ?? '');
  return headers;
};

/** What of the body came within the bounds: once there is a status, a long or broken body changes nothing. */
const readBody = async (response: IncomingMessage, limitBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= limitBytes) break;
    }
  } catch {
    // Cut off, or not done within the deadline.
  }
  return Buffer.concat(chunks).subarray(0, limitBytes);
};

const responseTo = (request: ClientRequest, body: string | Buffer | undefined): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
    // A connection that was handed over to another protocol closes without either.
    request.once('close', () => reject(Object.assign(new Error('No response'), { code: 'ECONNRESET' })));
    request.end(body);
  });

/**
 * A client for addresses that strangers name. Where a request goes is decided when the connection is opened, on the address
 * that is connected to; no redirect is followed, no proxy is asked, and no connection is used twice. The answer is its status:
 * of the body no more than `limitBytes` is kept, as it came.
 */
export const createGuardedHttpClient = ({
  guard,
  deadlineMs: defaultDeadlineMs = 10_000,
  limitBytes: defaultLimitBytes = 64 * 1024,
  lookup = lookUp,
}: GuardedHttpClientOptions): HttpClient => ({
  async send({ url: address, method = 'GET', headers = {}, body, signal, deadlineMs = defaultDeadlineMs, limitBytes }) {
    const { url, authorization } = parseAddress(address);
    const isEncrypted = url.protocol === 'https:';
    const mayReach = (reached: string): boolean => guard.allows(reached, isEncrypted);
    const host = hostOf(url);
    const deadline = AbortSignal.timeout(deadlineMs);
    let request: ClientRequest | undefined;
    const fail = (reason: OutboundError['reason'], what: string, code?: string): OutboundError =>
      new OutboundError(reason, `${url.host} ${what}`, { code, mayBeRead: request?.writableFinished ?? false });
    const options: RequestOptions = {
      host,
      port: url.port,
      path: `${url.pathname}${url.search}`,
      method,
      headers: { ...(authorization === undefined ? {} : { authorization }), ...headers, connection: 'close' },
      agent: false,
      lookup: guardLookup(mayReach, lookup),
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
    };
    try {
      // What is an address already is not looked up.
      if (isIP(host) !== 0 && !mayReach(host)) throw refusal();
      request = isEncrypted ? requestEncrypted(options) : requestPlain(options);
      const response = await responseTo(request, body);
      // Whatever befalls the connection from now on, there is an answer.
      request.on('error', () => undefined);
      const answer: OutboundAnswer = {
        status: response.statusCode ?? 0,
        headers: readHeaders(response),
        body: await readBody(response, limitBytes ?? defaultLimitBytes),
      };
      request.destroy();
      return answer;
    } catch (error) {
      if (signal?.aborted === true) throw fail('aborted', 'was not waited for');
      if (deadline.aborted) throw fail('deadline', `did not answer within ${deadlineMs} ms`);
      const code = codeOf(error);
      if (code === REFUSED) throw fail('refused', 'is no address that may be reached');
      if (code === undefined || code.startsWith('ERR_'))
        throw fail('malformed', 'was not asked: the request cannot be sent');
      throw fail('unreachable', `did not answer (${code})`, code);
    }
  },
});

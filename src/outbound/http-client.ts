/** Why a request to another server brought no answer; `refused`: an address that a guard lets nobody reach. */
export type OutboundReason = 'deadline' | 'aborted' | 'unreachable' | 'too-large' | 'malformed' | 'refused';

/** A request that brought no answer. Names the server and nothing else of the address: the rest may be a secret. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  readonly reason: OutboundReason;
  /** What the system called it, e.g. `ECONNREFUSED`. */
  readonly code: string | undefined;
  /** False: the request did not leave, so nobody has read it. Whoever cannot know says true. */
  readonly mayBeRead: boolean;

  constructor(
    reason: OutboundReason,
    message: string,
    { code, mayBeRead = true }: { readonly code?: string | undefined; readonly mayBeRead?: boolean } = {},
  ) {
    super(message);
    this.reason = reason;
    this.code = code;
    this.mayBeRead = mayBeRead;
  }
}

export interface OutboundRequest {
  /** http or https. User and password in it go out as `Authorization: Basic`, unless that header is given. */
  readonly url: string;
  /** Default: GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** From the call to the last byte of the answer; default: the client's. */
  readonly deadlineMs?: number;
  /** Of the answer's body, unpacked; default: the client's. */
  readonly limitBytes?: number;
  /** Ends this request. */
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  /** Also 3xx: no redirect is ever followed, credentials and content stay with whom they were meant for. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** The one way requests leave the gateway. Certificates are checked; nothing is sent twice. */
export interface HttpClient {
  /** @throws {OutboundError} whenever there is no whole answer. A status is no error. */
  send(request: OutboundRequest): Promise<OutboundAnswer>;
}

export interface HttpClientOptions {
  readonly deadlineMs?: number;
  readonly limitBytes?: number;
}

/** A name or a password out of an address; as it stands where its percent signs are meant as such. */
const decodeCredential = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What the address says beside where to go. */
export const parseAddress = (text: string): { readonly url: URL; readonly authorization: string | undefined } => {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new TypeError('An outbound request needs an absolute http or https address');
  if (url.username === '' && url.password === '') return { url, authorization: undefined };
  const pair = `${decodeCredential(url.username)}:${decodeCredential(url.password)}`;
  url.username = '';
  url.password = '';
  return { url, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
};

/** Errors of the system lie under those of fetch, several when a name has several addresses. */
export const codeOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  const [first] = error instanceof AggregateError ? error.errors : [error.cause];
  return codeOf(first);
};

const readBody = async (response: Response, limitBytes: number, fail: () => OutboundError): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Thrown out of the loop it also lets go of the connection.
    if (size > limitBytes) throw fail();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** A client over Node's own fetch. */
export const createHttpClient = (defaults: HttpClientOptions = {}): HttpClient => ({
  async send({ url: address, method = 'GET', headers = {}, body, signal, ...bounds }) {
    const { deadlineMs = 10_000, limitBytes = 1024 * 1024 } = { ...defaults, ...bounds };
    const { url, authorization } = parseAddress(address);
    const fail = (reason: OutboundReason, what: string, code?: string): OutboundError =>
      new OutboundError(reason, `${url.host} ${what}`, { code });
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
      const sent = new Headers(headers);
      if (authorization !== undefined && !sent.has('authorization')) sent.set('authorization', authorization);
      const response = await fetch(url, {
        method,
        headers: sent,
        redirect: 'manual',
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      });
      const bytes = await readBody(response, limitBytes, () => fail('too-large', `sent more than ${limitBytes} bytes`));
      return { status: response.status, headers: response.headers, body: bytes };
    } catch (error) {
      if (error instanceof OutboundError) throw error;
      if (signal?.aborted === true) throw fail('aborted', 'was not waited for');
      if (deadline.aborted) throw fail('deadline', `did not answer within ${deadlineMs} ms`);
      const code = codeOf(error);
      // It is our own request that cannot be sent. What fetch says of it quotes it: a token with a line break in it.
      if (code === undefined || code === 'UND_ERR_INVALID_ARG')
        throw fail('malformed', 'was not asked: the request cannot be sent');
      throw fail('unreachable', `did not answer (${code})`, code);
    }
  },
});

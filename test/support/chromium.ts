import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findChromium } from '../../scripts/find-programs.ts';

/** Starts the Chromium of this machine, cut off from every other one: names resolve to nothing but this machine. */
export const launchChromium = async (): Promise<Browser> => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('Chromium is not installed: run `npm test`, which brings it');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE [::1]',
    ],
  });
};

/** What a page did that its visitor does not see. Each list grows while the page lives. */
export interface Witness {
  /** Errors and warnings on the console, of the page and its workers, policy violations and uncaught exceptions too. */
  readonly complaints: string[];
  /** Addresses asked for outside the page's own origin. */
  readonly strangers: string[];
  /** Requests of the page's own origin that failed or were refused. */
  readonly failures: string[];
}

/** Watches all pages of `context` from their first request on; `origin` is where they belong. */
export const watch = (context: BrowserContext, origin: string): Witness => {
  const witness: Witness = { complaints: [], strangers: [], failures: [] };
  const hear = (type: string, text: string, address: string): void => {
    if (type === 'error' || type === 'warning') witness.complaints.push(`${type}: ${text} (${address})`);
  };
  const isAtHome = (address: string): boolean => /^(data|blob):/.test(address) || new URL(address).origin === origin;

  context.on('console', (message) => hear(message.type(), message.text(), message.location().url));
  context.on('weberror', (failure) => witness.complaints.push(`uncaught: ${failure.error().message}`));
  context.on('request', (request) => {
    if (!isAtHome(request.url())) witness.strangers.push(request.url());
  });
  context.on('requestfailed', (request) => {
    witness.failures.push(`${request.url()}: ${request.failure()?.errorText ?? 'failed'}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400) witness.failures.push(`${response.url()}: ${response.status()}`);
  });
  context.on('page', (page: Page) => {
    page.on('worker', (worker) => {
      worker.on('console', (message) => hear(message.type(), message.text(), worker.url()));
    });
  });
  return witness;
};

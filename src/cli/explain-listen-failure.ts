import type { Environment } from '../config/schema.ts';
import { CommandError } from './command-error.ts';
import { EXIT } from './exit-status.ts';

type PortSettings = Pick<Environment, 'PORT' | 'METRICS_PORT' | 'HOST'>;

/** Which setting chose the port that could not be had. */
const namesOf = (port: number | undefined, { PORT, METRICS_PORT }: PortSettings): string => {
  const names = Object.entries({ PORT, METRICS_PORT }).filter(([, value]) => value === port);
  return names.map(([name]) => name).join(' or ') || 'PORT';
};

/** One line that says which setting to change when the system did not let us listen; anything else comes back as it is. */
export const explainListenFailure = (error: unknown, settings: PortSettings): unknown => {
  if (!(error instanceof Error)) return error;
  const { code = '', port } = error as NodeJS.ErrnoException & { readonly port?: number };
  const names = namesOf(port, settings);
  const lines: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use: set ${names} to another`,
    EACCES: `Port ${port} may not be listened on by this user: set ${names} to another`,
    EADDRNOTAVAIL: `HOST ${settings.HOST} is not an address of this machine`,
    ENOTFOUND: `HOST ${settings.HOST} is not known to this machine`,
    EAI_AGAIN: `HOST ${settings.HOST} is not known to this machine`,
  };
  const line = lines[code];
  return line === undefined ? error : new CommandError(line, EXIT.failed, { cause: error });
};

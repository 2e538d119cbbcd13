import { Logger } from 'graphile-worker';
import type { Logger as Log } from './log.server.ts';

/** Says nothing: for migrations and tests. */
export const silentWorkerLogger = new Logger(() => () => undefined);

/** graphile-worker's own lines in our log; what a job does is logged by its handler's wrapper. */
export function workerLogger(log: Log): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') log.error({ source: 'jobs' }, message);
    else if (level === 'warning') log.warn({ source: 'jobs' }, message);
    else log.debug({ source: 'jobs' }, message);
  });
}

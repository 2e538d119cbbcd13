import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/** The process's log: JSON lines on standard output. Secrets have no field that is logged; these paths are the last net. */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: ['*.password', '*.token', '*.secret', '*.authorization', '*.cookie', 'password', 'token', 'secret'],
      censor: '(hidden)',
    },
  });
}

import type { Config } from './config.server.ts';
import { type Actor, type Context, guest } from './context.ts';
import { type Connections, databaseOver, openConnections } from './database/database.server.ts';
import { messageOf } from './errors.ts';
import { createGuestPages, type GuestPages } from './http/guest-pages.server.ts';
import { securityHeaders } from './http/security-headers.ts';
import { newId } from './ids.ts';
import { createLog, type Logger } from './log.server.ts';
import { createRateLimiter, type RateLimiter } from './rate-limit.server.ts';
import { openStorage, type Storage } from './storage.server.ts';

/** What one process holds for as long as it lives. Only entry points and platform code reach for it; features get a context. */
export interface Runtime {
  config: Config;
  log: Logger;
  /** Connections that see nothing private until a transaction says who acts. */
  connections: Connections;
  /** Connections that act as the program itself: sign-in before anyone is known, jobs, the command line. */
  systemConnections: Connections;
  storage: Storage;
  rateLimiter: RateLimiter;
  guestPages: GuestPages;
  close(): Promise<void>;
}

let current: Runtime | undefined;

/** Opens what the process needs around a database that is already migrated, and makes it the process's runtime. */
export function startRuntime(config: Config, applicationUrl: string): Runtime {
  const log = createLog(config.logLevel);
  const guestPages = createGuestPages({ headers: securityHeaders(config.origin.startsWith('https:')) });
  const onError = (error: Error) => log.warn({ reason: messageOf(error) }, 'A database connection was lost');
  const connections = openConnections({ url: applicationUrl, poolSize: config.databasePoolSize, onError, onNotice: guestPages.drop });
  const systemConnections = openConnections({
    url: applicationUrl,
    poolSize: Math.max(4, Math.ceil(config.databasePoolSize / 2)),
    actsAs: 'system',
    onError,
    onNotice: guestPages.drop,
  });
  current = {
    config,
    log,
    connections,
    systemConnections,
    storage: openStorage(config.storage, config.scratchDir),
    rateLimiter: createRateLimiter(connections),
    guestPages,
    async close() {
      current = undefined;
      await Promise.all([connections.end(), systemConnections.end()]);
    },
  };
  return current;
}

/** The process's runtime; asking before it started is a bug. */
export function runtime(): Runtime {
  if (!current) throw new Error('The runtime has not started');
  return current;
}

/** A context for work that acts as the program itself. */
export function systemContext(now = new Date()): Context {
  const { systemConnections, log } = runtime();
  return { db: databaseOver(systemConnections), actor: { kind: 'system' }, now, requestId: newId(), log };
}

/** A context for one request. */
export function requestContext(actor: Actor = guest, requestId: string = newId(), now = new Date(), address?: string): Context {
  const { connections, log } = runtime();
  return { db: databaseOver(connections), actor, now, requestId, address, log: log.child({ requestId }) };
}

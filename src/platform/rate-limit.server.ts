import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Connections } from './database/database.server.ts';
import { AppError } from './errors.ts';

export interface RateLimit {
  /** Prefix of the keys, such as `sign-in`. */
  name: string;
  attempts: number;
  perSeconds: number;
}

/** Counts attempts in the database, so that all processes count together. */
export interface RateLimiter {
  /** Counts one attempt; throws `too-many` with the seconds to wait once the limit is passed. */
  attempt(limit: RateLimit, subject: string): Promise<void>;
  /** Takes an attempt back, because it succeeded: only failures shall add up. */
  giveBack(limit: RateLimit, subject: string): Promise<void>;
}

/** A limiter over the process's connections. */
export function createRateLimiter(connections: Connections): RateLimiter {
  const limiters = new Map<string, RateLimiterPostgres>();
  const limiterOf = (limit: RateLimit) => {
    const known = limiters.get(limit.name);
    if (known) return known;
    const made = new RateLimiterPostgres({
      storeClient: connections.pool,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix: limit.name,
      points: limit.attempts,
      duration: limit.perSeconds,
      clearExpiredByTimeout: false,
    });
    limiters.set(limit.name, made);
    return made;
  };
  return {
    async attempt(limit, subject) {
      try {
        await limiterOf(limit).consume(subject.toLowerCase());
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw new AppError('too-many', `Too many attempts. Try again in ${waitInWords(retryAfterSeconds)}.`, { retryAfterSeconds });
      }
    },
    async giveBack(limit, subject) {
      await limiterOf(limit).reward(subject.toLowerCase());
    },
  };
}

function waitInWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

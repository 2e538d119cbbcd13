import type { Context, Person } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import type { RateLimit } from '#platform/rate-limit.server.ts';
import { runtime } from '#platform/runtime.server.ts';
import { bearsScope } from './policy.ts';
import type { ApiScope } from './scopes.ts';

/** Room for a program that works, none for one that runs wild. */
const requestsPerKey: RateLimit = { name: 'api-key', attempts: 300, perSeconds: 60 };

/** The person whose key a request bears, when it has the scope; counts the request. A session's cookie opens nothing here. */
export async function requireScope(ctx: Context, scope: ApiScope): Promise<Person> {
  const { actor } = ctx;
  if (actor.kind !== 'person' || !actor.apiKey) throw new AppError('sign-in-required', 'Send a valid API key: Authorization: Bearer lyc_…');
  await runtime().rateLimiter.attempt(requestsPerKey, actor.apiKey.id);
  if (!bearsScope(actor, scope)) throw new AppError('forbidden', `This key lacks the scope ${scope}.`);
  return actor;
}

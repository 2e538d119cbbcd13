import type { Actor } from '#platform/context.ts';
import type { ApiScope } from './scopes.ts';

/** How many keys a person may have at once. */
export const mostApiKeys = 25;

/** Whether a request bears a key that may be used for this. */
export function bearsScope(actor: Actor, scope: ApiScope): boolean {
  return actor.kind === 'person' && (actor.apiKey?.scopes.includes(scope) ?? false);
}

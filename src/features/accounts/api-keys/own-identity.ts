import type { Context, Role } from '#platform/context.ts';
import { bearsScope } from './policy.ts';
import { requireScope } from './require-scope.ts';

/** Whose API key it is, as the API tells. */
export interface OwnIdentity {
  id: string;
  name: string;
  username: string | null;
  role: Role;
  /** Absent without the scope for it. */
  email?: string;
}

/** The person whose key a request bears. */
export async function ownIdentity(ctx: Context): Promise<OwnIdentity> {
  const { id, name, username, role, email } = await requireScope(ctx, 'profile:read');
  return { id, name, username, role, ...(bearsScope(ctx.actor, 'email:read') ? { email } : {}) };
}

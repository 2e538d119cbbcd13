import { auditLog } from '#features/accounts/index.server.ts';
import type { PageServerLoad } from './$types';

const filters = ['person', 'action', 'subject', 'from', 'to'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = Object.fromEntries(filters.map((name) => [name, url.searchParams.get(name) ?? ''])) as Record<
    (typeof filters)[number],
    string
  >;
  const before = url.searchParams.get('before');
  return { ...(await auditLog(locals.ctx, { ...asked, before })), asked, isFirstPage: before === null };
};

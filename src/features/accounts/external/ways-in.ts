import { statement } from '#platform/database/statement.ts';
import type { OtherWaysIn } from './policy.ts';
import { openRealms } from './providers.ts';

interface Row {
  id: string;
  providerId: string;
  accountId: string;
  label: string | null;
  since: Date;
  passkeys: number;
}

/** A person's password and identities, oldest first, with the number of their passkeys beside each. Both are rows that only they see. */
export const accountsOf = statement<Row, [userId: string]>(
  `select a.id, a.provider_id as "providerId", a.account_id as "accountId", a.label, a.created_at as since,
          (select count(*) from passkeys p where p.user_id = a.user_id) as passkeys
     from accounts a where a.user_id = $1 order by a.created_at, a.id`,
);

/** What would remain to get in with if one of the rows went. */
export function waysInWithout(rows: readonly Row[], goneId: string): OtherWaysIn {
  const rest = rows.filter(({ id }) => id !== goneId);
  const open = openRealms();
  return {
    password: rest.some(({ providerId }) => providerId === 'credential'),
    passkeys: rows[0]?.passkeys ?? 0,
    identities: rest.filter(({ providerId }) => open.has(providerId)).length,
  };
}

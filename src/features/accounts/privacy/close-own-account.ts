import { type Context, requirePerson } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';
import { refuseWhileImpersonating } from '../impersonation/refuse-while-impersonating.ts';
import { requireFreshProof } from '../sessions/fresh-proof.ts';
import { type Closing, dangerouslyClose } from './close-person.ts';

/** Closes one's own account, after a fresh proof and after typing one's address, which nobody does by accident. */
export async function closeOwnAccount(ctx: Context, input: { email: string }): Promise<Closing> {
  const person = requirePerson(ctx);
  refuseWhileImpersonating(ctx);
  requireFreshProof(ctx);
  if (input.email.trim().toLowerCase() !== person.email)
    throw new AppError('invalid', 'Something here needs another look.', {
      fields: { email: `Type your address, ${person.email}, to close the account.` },
    });
  return dangerouslyClose(ctx, person.id);
}

import { redirect } from '@sveltejs/kit';
import { currentAddress } from '#features/catalogue/index.server.ts';
import type { Context } from '#platform/context.ts';
import { AppError } from '#platform/errors.ts';

/** What a page of a course shows, or, where the course could be found here before, the way to where it is now. */
export async function orMoved<Page>(ctx: Context, page: Promise<Page>, slug: string, pathAt: (slug: string) => string): Promise<Page> {
  try {
    return await page;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
    const current = await currentAddress(ctx, { slug });
    if (current === undefined) throw error;
    // Not for good: the course may come back to this address.
    redirect(302, pathAt(current));
  }
}

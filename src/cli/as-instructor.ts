import { findPersonByEmail } from '#features/accounts/index.server.ts';
import type { Context } from '#platform/context.ts';
import { OperatorError } from '#platform/errors.ts';
import { requestContext, systemContext } from '#platform/runtime.server.ts';
import { startProcess } from '../process.server.ts';
import { say } from './output.ts';

/** Works as the instructor who has an e-mail address: what they may not do, the command line does not do for them. */
export async function asInstructor<Result>(email: string, work: (ctx: Context) => Promise<Result>): Promise<Result> {
  const lyceum = await startProcess({ say, join: true });
  try {
    const instructor = await findPersonByEmail(systemContext(), { email });
    if (!instructor)
      throw new OperatorError(
        `Nobody has the e-mail address ${email}. Make the account with: lyceum user create --email ${email} --name <name> --role instructor`,
      );
    if (instructor.role === 'STUDENT')
      throw new OperatorError(`${email} is a student. Make them an instructor with: lyceum user role ${email} instructor`);
    return await work(requestContext(instructor));
  } finally {
    await lyceum.close();
  }
}

import { createUser, findPersonByEmail } from '#features/accounts/index.server.ts';
import { importNow } from '#features/authoring/index.server.ts';
import { requestContext, systemContext } from '#platform/runtime.server.ts';
import { startProcess } from '../../src/process.server.ts';
import type { Furniture } from './furnish.ts';

/** A program of its own: what it is told to make stands in its one word. */
const { people = [], courses = [] } = JSON.parse(process.argv[2] ?? '{}') as Furniture;
const lyceum = await startProcess({ join: true });
try {
  for (const person of people) await createUser(systemContext(), person);
  for (const { path, by, publish = true } of courses) {
    const instructor = await findPersonByEmail(systemContext(), { email: by });
    if (!instructor) throw new Error(`Nobody has the address ${by}`);
    const { publishing } = await importNow(requestContext(instructor), { path, publish });
    if (publish && publishing.kind !== 'published') throw new Error(`${path} was not published: ${JSON.stringify(publishing)}`);
  }
} finally {
  await lyceum.close();
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createUser, findPersonByEmail } from '#features/accounts/index.server.ts';
import { importCourse } from '#features/authoring/index.server.ts';
import { enrollInCourse, completeLesson } from '#features/learning/index.server.ts';
import type { Context, Role } from '#platform/context.ts';
import { OperatorError } from '#platform/errors.ts';
import { isLoopback } from '#platform/http/loopback.ts';
import { runtime, systemContext } from '#platform/runtime.server.ts';

const password = 'lyceum-demo-school';

/** The student comes last: once she is there, everything before her is too. */
const people: readonly { email: string; name: string; role: Role }[] = [
  { email: 'admin@demo.school', name: 'Ines Okafor', role: 'ADMIN' },
  { email: 'instructor@demo.school', name: 'Tomas Lindqvist', role: 'INSTRUCTOR' },
  { email: 'student@demo.school', name: 'Mira Castellanos', role: 'STUDENT' },
];

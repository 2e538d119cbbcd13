import {
  type Attempt,
  type CmiValues,
  type LessonStatus,
  newAttempt,
  type PackagePart,
  type PlayerBeginning,
  type Sitting,
  valuesAtBegin,
} from '#features/packages/index.server.ts';
import type { Context } from '#platform/context.ts';
import { asActor } from '#platform/database/database.server.ts';
import { statement } from '#platform/database/statement.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sealedPlayer } from './sealed-player.ts';

/** What is kept of an attempt, as JSON of the table's row `a`. */
export const attemptJson = `json_build_object('values', a.values, 'status', a.status, 'sittings', a.sittings, 'earlierSeconds', a.earlier_seconds,
  'isDone', a.completed_at is not null)`;

/** An attempt as the database gives it. */
export interface AttemptRow {
  values: CmiValues;
  status: LessonStatus;
  sittings: Sitting[];
  earlierSeconds: number;
  isDone: boolean;
}

interface Row {
  title: string;
  part: PackagePart | null;
  attempt: AttemptRow | null;
}

const partToPlay = statement<Row, [lessonId: string, edition: number, place: number, viewerId: string | null]>(`
  select k.title, k.parts -> $3::int as part, (
      select ${attemptJson} from package_attempts a join enrollments e on e.id = a.enrollment_id
       where a.package_id = k.id and a.part = k.parts -> $3::int ->> 'id' and e.user_id = $4::uuid) as attempt
    from packages k where k.lesson_id = $1::uuid and k.edition = $2`);

/** What the player is told when a part of a package begins, by its sealed address and its place in the package. Writes nothing. */
export async function beginPart(ctx: Context, input: { seal: string; place: number }): Promise<Omit<PlayerBeginning, 'school'>> {
  const player = await sealedPlayer(ctx, input.seal);
  const { actor } = player.ctx;
  const viewerId = actor.kind === 'person' ? actor.id : null;
  const [row] = await asActor(player.ctx, (sql) => sql(partToPlay, player.lessonId, player.edition, input.place, viewerId));
  if (!row?.part) throw new AppError('not-found', 'There is no such part in the package. Load the lesson again.');
  const { part } = row;
  const attempt: Attempt = player.records && row.attempt ? row.attempt : newAttempt;
  const student = actor.kind === 'person' ? { id: actor.id, name: actor.name } : { id: 'guest', name: 'Guest' };
  return {
    title: part.title,
    part: part.id,
    isAsset: part.isAsset,
    launch: newId<'launch'>(),
    records: player.records,
    values: valuesAtBegin({ ...part, attempt, student, records: player.records }),
    href: part.href,
  };
}

import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { LadderState } from './ladder-rows.ts';

/** How far the school is with what it makes of a film. */
export interface FilmWork {
  /** WAITING: nobody has begun yet. */
  state: 'WAITING' | LadderState;
  percent: number;
  problem: string | null;
  /** Sizes that are ready, by their shorter side in pixels. */
  sizes: number[];
}

/** The SQL of a film's work, for the file of this id. */
export const filmWorkColumn = (fileId: string) => `
  (select json_build_object('state', coalesce(l.state::text, 'WAITING'), 'percent', coalesce(l.percent, 0), 'problem', l.problem,
     'sizes', coalesce((select json_agg(least(r.width, r.height) order by r.height) from rungs r where r.file_id = one.id), '[]'))
     from (select ${fileId} as id) one left join ladders l on l.file_id = one.id)`;

const work = statement<{ work: FilmWork }, [fileId: string]>(`select ${filmWorkColumn('$1::uuid')} as work`);

/** The work on a film's file. */
export async function filmWork(ctx: Context, fileId: string): Promise<FilmWork> {
  const [row] = await ctx.db.sql(work, fileId);
  return row!.work;
}

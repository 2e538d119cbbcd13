import type { Context } from '#platform/context.ts';
import { statement } from '#platform/database/statement.ts';
import type { FileId } from '#platform/ids.ts';

/** A film's file, as its work needs it. */
export interface FilmFile {
  id: FileId;
  key: string;
  name: string;
  contentType: string;
  sizeBytes: number;
  sha256: string;
  ownerId: string | null;
  state: LadderState | null;
  heights: number[];
  lacksPoster: boolean;
}

export type LadderState = 'WORKING' | 'DONE' | 'NO_TOOLS' | 'FAILED';

const film = statement<FilmFile, [fileId: string]>(`
  select f.id, f.key, f.name, f.content_type as "contentType", f.size_bytes as "sizeBytes", f.sha256, f.owner_id as "ownerId", l.state,
         coalesce((select array_agg(r.height order by r.height) from rungs r where r.file_id = f.id), '{}') as heights,
         exists (select from videos v where v.file_id = f.id and v.poster_file_id is null) as "lacksPoster"
    from files f left join ladders l on l.file_id = f.id
   where f.id = $1::uuid and f.state = 'READY' and exists (select from videos v where v.file_id = f.id)`);

const say = statement<unknown, [fileId: string, state: LadderState, problem: string | null, now: string]>(`
  insert into ladders (file_id, state, problem, percent, created_at, updated_at)
  select id, $2::ladder_state, $3, case when $2 = 'DONE' then 100 else 0 end, $4::timestamptz, $4::timestamptz from files where id = $1::uuid
  on conflict (file_id) do update set state = excluded.state, problem = excluded.problem, updated_at = excluded.updated_at,
    percent = case when excluded.state = 'DONE' then 100 else ladders.percent end`);

const advance = statement<unknown, [fileId: string, percent: number]>(
  'update ladders set percent = $2, updated_at = now() where file_id = $1::uuid and percent <> $2',
);

const givePoster = statement<{ id: string }, [fileId: string, posterFileId: string, now: string]>(`
  update videos set poster_file_id = $2::uuid, updated_at = $3::timestamptz where file_id = $1::uuid and poster_file_id is null returning id`);

/** The file of a film that something is made of; undefined once it has gone. */
export async function filmFile(ctx: Context, fileId: string): Promise<FilmFile | undefined> {
  const [row] = await ctx.db.sql(film, fileId);
  return row;
}

/** Writes down where the work on a film stands. */
export async function sayLadder(ctx: Context, fileId: string, state: LadderState, problem: string | null = null): Promise<void> {
  await ctx.db.sql(say, fileId, state, problem, ctx.now.toISOString());
}

/** Writes down how far the work is. */
export async function advanceLadder(ctx: Context, fileId: string, percent: number): Promise<void> {
  await ctx.db.sql(advance, fileId, percent);
}

/** Gives a picture to the videos of a film that have none of their own. Tells how many those were. */
export async function givePosters(ctx: Context, fileId: string, posterFileId: string): Promise<number> {
  return (await ctx.db.sql(givePoster, fileId, posterFileId, ctx.now.toISOString())).length;
}

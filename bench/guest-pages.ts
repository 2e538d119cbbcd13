import { floorOf } from './floor.ts';
import { load } from './load.ts';
import type { Row } from './row.ts';
import type { BenchSchool } from './school.ts';

/** What a guest opens first, against plain `node:http` with the same bytes. */
export async function guestPages(school: BenchSchool, seconds: number): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, path] of [
    ['home, guest', '/'],
    ['catalogue, guest', '/courses'],
    ['course page, guest', '/courses/typescript-from-first-principles'],
  ] as const) {
    const body = await (await fetch(`${school.baseUrl}${path}`)).text();
    const floor = await floorOf({ kind: 'bytes', body }, path, seconds);
    const page = await load({ url: `${school.baseUrl}${path}` }, seconds);
    rows.push({
      what,
      perSecond: page.requestsPerSecond,
      p99Ms: page.p99Ms,
      floor: 'page floor',
      floorPerSecond: floor.requestsPerSecond,
      goal: 0.7,
    });
  }
  return rows;
}

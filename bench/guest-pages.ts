import { openFloor } from './floor.ts';
import { inTurns, load } from './load.ts';
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
    const url = `${school.baseUrl}${path}`;
    const body = await (await fetch(url)).text();
    const floor = await openFloor({ kind: 'bytes', body }, path);
    const measured = await inTurns(seconds, { floor: (time) => load(floor, time), page: (time) => load({ url }, time) });
    await floor.close();
    rows.push({
      what,
      perSecond: measured.page.requestsPerSecond,
      p99Ms: measured.page.p99Ms,
      floor: 'page floor',
      floorPerSecond: measured.floor.requestsPerSecond,
      goal: 0.7,
    });
  }
  return rows;
}

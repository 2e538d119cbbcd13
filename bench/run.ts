import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OperatorError } from '#platform/errors.ts';
import { coupon } from './coupon.ts';
import { guestPages } from './guest-pages.ts';
import { heartbeat } from './heartbeat.ts';
import { printMemory, watchMemory } from './memory.ts';
import { printTable, type Row } from './row.ts';
import { openBenchSchool } from './school.ts';
import { settlement } from './settlement.ts';
import { signedInPages } from './signed-in-pages.ts';

/** `npm run bench`: what Lyceum costs, as ratios against floors measured in the same minutes. Writes bench/results/latest.json. */
const parts = { guests: guestPages, people: signedInPages, heartbeat, settlement, coupon };
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    /** Only this part. */
    only: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const wanted = Object.entries(parts).filter(([name]) => values.only === undefined || values.only === name);
if (wanted.length === 0) throw new OperatorError(`There is no part ${values.only}. Choose one of ${Object.keys(parts).join(', ')}.`);
const school = await openBenchSchool();
const memory = watchMemory(school.processId);
const rows: Row[] = [];
let megabytes = 0;
try {
  for (const [, part] of wanted) rows.push(...(await part(school, seconds)));
} finally {
  megabytes = memory();
  await school.close();
}
printTable(rows);
printMemory(megabytes);
mkdirSync('bench/results', { recursive: true });
writeFileSync('bench/results/latest.json', `${JSON.stringify({ rows, megabytes }, null, 2)}\n`);

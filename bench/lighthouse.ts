import { freePort } from '#platform/ports.server.ts';
import { launchBrowser } from '../tests/support/browser.ts';
import { startSchool } from '../tests/support/school.ts';
import { type Report, steadyReport } from './lighthouse/report.ts';

/** `npm run bench:lighthouse`: what Lighthouse says of the pages a visitor sees first, and how much JavaScript they load. Fails below the goals. */
const goals = { score: 95, kilobytes: 60 };
const coursePage = '/courses/typescript-from-first-principles';
const pages = ['/', '/courses', coursePage];

const port = await freePort();
const [browser, school] = await Promise.all([launchBrowser([`--remote-debugging-port=${port}`]), startSchool()]);
const reports: Report[] = [];
try {
  for (const page of pages) {
    // The first guest's page is made; every other guest's comes from memory.
    await fetch(`${school.baseUrl}${page}`);
    for (const device of ['mobile', 'desktop'] as const) {
      const report = await steadyReport({ url: school.baseUrl + page, device, port, goal: goals.score });
      reports.push(report);
      const scores = Object.entries(report.scores).map(([name, score]) => `${name} ${score}`);
      process.stdout.write(`${page} (${device}): ${scores.join(', ')}; ${report.scriptKilobytes.toFixed(1)} kB JavaScript\n`);
      for (const problem of report.problems) process.stdout.write(`  ${problem}\n`);
    }
  }
} finally {
  await browser.close();
  await school.stop();
}
const low = reports.filter((report) => Object.values(report.scores).some((score) => score < goals.score));
// What a stranger loads before any course has been chosen.
const heavy = reports.filter((report, index) => pages[index >> 1] !== coursePage && report.scriptKilobytes > goals.kilobytes);
if (low.length > 0) process.stdout.write(`${low.length} of ${reports.length} reports have a score below ${goals.score}\n`);
if (heavy.length > 0) process.stdout.write(`${heavy.length} first loads have more than ${goals.kilobytes} kB of JavaScript\n`);
process.exitCode = low.length + heavy.length > 0 ? 1 : 0;

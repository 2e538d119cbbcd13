import ical, { ICalAlarmType, ICalCalendarMethod, type ICalEventData, ICalEventTransparency } from 'ical-generator';
import { addressOf } from '#features/catalogue/index.server.ts';
import type { DatedKind, DatedRow } from './dated.ts';

const words: Record<DatedKind, (title: string) => string> = {
  assignment: (title) => `Due: ${title}`,
  quiz: (title) => `Quiz closes: ${title}`,
  live: (title) => `Live: ${title}`,
  opening: (title) => `Opens: ${title}`,
  ending: (title) => `Access ends: ${title}`,
};

const minute = 60;
const day = 86_400;

/** How long before it a program reminds; nothing reminds of what opens by itself, or is done. */
const remindsBefore: Record<DatedKind, number | null> = { assignment: day, quiz: day, live: 10 * minute, opening: null, ending: 7 * day };

/** Dates as a calendar file (RFC 5545). The same dates give the same bytes, so that a program is told when nothing has changed. */
export function iCalendar(rows: readonly DatedRow[]): string {
  const host = new URL(addressOf('/')).hostname;
  const calendar = ical({
    name: 'Lyceum',
    prodId: { company: 'Lyceum', product: 'Calendar', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    // How often programs should look.
    ttl: 60 * minute,
    url: addressOf('/dashboard'),
  });
  for (const row of rows) calendar.createEvent(eventOf(row, host));
  return calendar.toString();
}

function eventOf(row: DatedRow, host: string): ICalEventData {
  const start = new Date(row.at);
  const changed = new Date(row.changedAt);
  const url = addressOf(row.lessonSlug ? `/learn/${row.courseSlug}/${row.lessonSlug}` : `/learn/${row.courseSlug}`);
  const reminds = row.isDone ? null : remindsBefore[row.kind];
  return {
    id: `${row.kind}-${row.id}@${host}`,
    start,
    end: row.minutes === null ? null : new Date(start.getTime() + row.minutes * minute * 1000),
    stamp: changed,
    lastModified: changed,
    // Each change counts on: a program keeps what has the higher number.
    sequence: Math.max(0, Math.floor((changed.getTime() - Date.UTC(2020, 0)) / 1000)),
    summary: words[row.kind](row.title),
    description: row.kind === 'ending' ? url : `${row.courseTitle}\n${url}`,
    url,
    // A deadline takes no time: only a live session makes one busy.
    transparency: row.kind === 'live' ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
    alarms: reminds === null ? [] : [{ type: ICalAlarmType.display, triggerBefore: reminds, description: words[row.kind](row.title) }],
  };
}

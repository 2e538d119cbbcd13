const latest = 99 * 3600 + 59 * 60 + 59;

/** A second of a film as people say it: "1:15", "1:02:03". */
export function momentInWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = [hours > 0 ? String(minutes).padStart(2, '0') : String(minutes), String(Math.floor(seconds % 60)).padStart(2, '0')];
  return (hours > 0 ? [String(hours), ...rest] : rest).join(':');
}

/** What someone typed as a moment: its second, null for nothing, undefined for what is no moment. */
export function momentOf(words: string): number | null | undefined {
  const typed = words.trim();
  if (typed === '') return null;
  const [, hours = '0', minutes, seconds] = /^(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)$/.exec(typed) ?? [];
  if (minutes === undefined || seconds === undefined) return undefined;
  const moment = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return moment > latest || (typed.split(':').length === 3 && Number(minutes) > 59) ? undefined : moment;
}

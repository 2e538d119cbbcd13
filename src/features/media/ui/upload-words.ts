import { bytesInWords } from '../files/bytes-in-words.ts';
import type { UploadPurpose } from '../uploads/purposes.ts';
import type { UploadState } from './upload-machine.svelte.ts';

/** What a file chooser offers first; what is taken the school decides by the bytes. */
export const offered: Record<UploadPurpose, string> = {
  image: 'image/png,image/jpeg,image/gif,image/webp,image/avif',
  film: 'video/mp4,video/webm,video/quicktime,.mkv,.m4v',
  captions: '.vtt,.srt,text/vtt',
  resource: '',
  package: '.zip,.tar.gz,.tgz',
};

/** What may be chosen, beneath the place where one chooses. */
export const hints: Record<UploadPurpose, string> = {
  image: 'PNG, JPEG, WebP, AVIF or GIF, up to 25 MB. Where it was taken is not kept.',
  film: 'MP4, MOV, WebM or MKV. A connection that breaks off does no harm.',
  captions: 'WebVTT (.vtt) or SubRip (.srt), up to 2 MB.',
  resource: 'A document, picture, sound, film, text or archive, up to 2 GB.',
  package: 'A .zip or .tar.gz archive.',
};

/** How long something still takes, as roughly as it is known. */
function timeLeftInWords(seconds: number): string {
  if (seconds < 10) return 'a few seconds left';
  if (seconds < 50) return `about ${Math.ceil(seconds / 10) * 10} seconds left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return minutes <= 1 ? 'about a minute left' : `about ${minutes} minutes left`;
  return `about ${Math.round(minutes / 60)} hours left`;
}

/** The line beneath the name of what is on its way. */
export function detailOf(state: UploadState): string {
  if (state.kind === 'finishing') return 'All here. Looking it over…';
  if (state.kind === 'arrived') return bytesInWords(state.file.sizeBytes);
  if (state.kind === 'empty' || state.kind === 'refused') return '';
  const amount = `${bytesInWords(state.sentBytes)} of ${bytesInWords(state.sizeBytes)}`;
  if (state.kind === 'paused') return `${amount} · paused`;
  if (state.kind === 'waiting') return `${amount} · waiting for the connection`;
  return state.secondsLeft === undefined ? amount : `${amount} · ${timeLeftInWords(state.secondsLeft)}`;
}

/** What is read out: each change of state, and each quarter of the way. */
export function spoken(state: UploadState): string {
  switch (state.kind) {
    case 'sending':
      return `Uploading ${state.name}, ${Math.floor((state.sentBytes / state.sizeBytes) * 4) * 25} percent`;
    case 'paused':
      return `${state.name} is paused`;
    case 'waiting':
      return `The connection was lost. ${state.name} goes on by itself`;
    case 'finishing':
      return `${state.name} is here and is being looked over`;
    case 'arrived':
      return `${state.file.name} has arrived`;
    default:
      return '';
  }
}

/** Names of files for this purpose that this browser began to send within a day and that have not arrived. */
export function unfinishedNames(purpose: UploadPurpose, now: number): string[] {
  const dayMs = 24 * 3600 * 1000;
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`tus::lyceum-${purpose}-`))
    .map((key) => JSON.parse(localStorage.getItem(key) ?? '{}') as { creationTime?: string; metadata?: { filename?: string } })
    .filter(({ creationTime }) => now - Date.parse(creationTime ?? '') < dayMs)
    .map(({ metadata }) => metadata?.filename ?? '')
    .filter(Boolean);
}

import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';

/** Where files' bytes are kept; their rows are in the media feature. Keys are made from content, never from a person's words. */
export type Storage = Disk;

/** Storage in a folder of this machine. */
export function openStorage(folder: string): Storage {
  return new Disk(new FSDriver({ location: folder, visibility: 'private' }));
}

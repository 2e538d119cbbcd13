/** How long an archive can be fetched. */
export const archiveDays = 7;

/** The folder of the storage that holds archives; no file's key begins like it. */
export const archiveFolder = 'exports';

/** Where the archive of one request is kept. */
export function archiveKey(exportId: string): string {
  return `${archiveFolder}/${exportId}.zip`;
}

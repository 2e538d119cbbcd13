/** A film at another site. */
export interface FarFilmAddress {
  provider: 'YOUTUBE' | 'VIMEO';
  externalId: string;
}

const youtubePage =
  /^(?:https?:\/\/)?(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com\/(?:watch\?(?:.*&)?v=|embed\/|shorts\/|live\/)|youtu\.be\/)([\w-]{11})(?![\w-])/i;
const vimeoPage = /^(?:https?:\/\/)?(?:www\.|player\.)?vimeo\.com\/(?:video\/|channels\/\w+\/)?(\d+)/i;

/** The film behind any of the addresses under which YouTube and Vimeo show one. */
export function farFilm(address: string): FarFilmAddress | undefined {
  const [, youtube] = youtubePage.exec(address) ?? [];
  if (youtube) return { provider: 'YOUTUBE', externalId: youtube };
  const [, vimeo] = vimeoPage.exec(address) ?? [];
  return vimeo ? { provider: 'VIMEO', externalId: vimeo } : undefined;
}

export { addCaptions } from './captions/add-captions.ts';
export { removeCaptions } from './captions/remove-captions.ts';
export { webvttIn } from './captions/webvtt-in.ts';
export type { Crop } from './crop.ts';
export { downloadLinkDangerouslyUnchecked } from './download-link.ts';
export { largestAvatarBytes } from './encode-avatar.ts';
export { discardFiles, recordFiles } from './file-rows.ts';
export { type FilmFacts, filmFacts } from './film-facts.ts';
export { farFilm } from './films/far-film.ts';
export { filmOfFile, makeFilmAgain } from './films/film-of-file.ts';
export { type FilmPanel, filmPanelDangerouslyUnchecked } from './films/film-panel.ts';
export { type FilmPart, openFilmPart } from './films/open-film-part.ts';
export { putFarFilm, putUploadedFilm, removeFilm, type ShowFilm } from './films/put-film.ts';
export { putPoster } from './films/put-poster.ts';
export { filesOfDangerouslyUnchecked, hashOfFile, type KeptFile, type KeptImage, prepareKeptImage } from './kept-files.ts';
export {
  deleteUnshownVideosDangerouslyUnchecked,
  type KeptVideos,
  keepVideosDangerouslyUnchecked,
  restoreVideosDangerouslyUnchecked,
} from './kept-videos.ts';
export { openFile } from './open-file.ts';
export { ownRoom } from './own-room.ts';
export { mediaPersonalData } from './personal-data.ts';
export { picturesIn } from './pictures-in.ts';
export { prepareFile } from './prepare-file.ts';
export { largestImageBytes, prepareImage } from './prepare-image.ts';
export { type AvatarPicture, putAvatar, removeAvatar, type UseAvatar } from './put-avatar.ts';
export { putVideo } from './put-video.ts';
export { mediaJobs } from './registered.ts';
export { removeUnusedFiles } from './remove-unused-files.ts';
export { fileUrl, namedSizes, type StoredFile } from './stored-file.ts';
export { answerUpload, uploadsPath } from './uploads/answer-upload.ts';
export { ownFile, type UploadedFile } from './uploads/own-file.ts';
export type { UploadPurpose } from './uploads/purposes.ts';
export {
  type PlayableVideo,
  type PlayableVideoRow,
  playableVideoColumn,
  playableVideoDangerouslyUnchecked,
} from './video-for-player.ts';

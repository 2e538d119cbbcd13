import { playSizes } from '#ui/play-sizes.ts';

/** Plays a trailer in the size that suits the line; where that cannot be, as it was uploaded. Gives what lets go of it. */
export async function takeSizes(player: HTMLVideoElement, hls: string): Promise<() => void> {
  const playing = await playSizes(player, { hls, startAt: 0, onfail: () => asUploaded() });
  const letGo = () => playing?.end();
  function asUploaded() {
    letGo();
    player.removeAttribute('src');
    player.load();
  }
  return letGo;
}

import type { BrowserContext } from 'playwright-core';

/** How long the films of the far sites are: long enough that the place where one was left is not its end. */
export const farFilmSeconds = 18;

/** A player that plays nothing, but keeps time as one does; it tells of it as its site's protocol wants, in `tell`, and hears commands in `hear`. */
const clockwork = `
  const film = { second: 0, speed: 1, state: 'rest', duration: ${farFilmSeconds} };
  const tellAll = (kind) => parent.postMessage(tell(kind), '*');
  function play() { film.state = 'play'; tellAll('play'); }
  function pause() { film.state = 'pause'; tellAll('pause'); }
  setInterval(() => {
    if (film.state !== 'play') return;
    film.second = Math.min(film.duration, film.second + 0.25 * film.speed);
    document.querySelector('output').value = film.second;
    tellAll('time');
    if (film.second === film.duration) { film.state = 'end'; tellAll('end'); }
  }, 250);
`;

const youtube = `
  let isHeard = false;
  const states = { rest: -1, play: 1, pause: 2, end: 0 };
  film.second = Number(new URLSearchParams(location.search).get('start'));
  function tell(kind) {
    const time = { currentTime: film.second, duration: film.duration, playbackRate: film.speed };
    return JSON.stringify({ event: 'infoDelivery', id: 'lesson', channel: 'widget', info: kind === 'time' ? time : { ...time, playerState: states[film.state] } });
  }
  addEventListener('message', ({ data, origin }) => {
    if (origin !== new URLSearchParams(location.search).get('origin')) return;
    const { event, func, args } = JSON.parse(data);
    if (event === 'listening' && !isHeard) { isHeard = true; play(); }
    if (func === 'seekTo') film.second = args[0];
    if (func === 'setPlaybackRate') { film.speed = args[0]; tellAll('time'); }
    if (func === 'playVideo') play();
    if (func === 'pauseVideo') pause();
  });
`;

const vimeo = `
  const heard = new Set();
  const names = { play: 'play', pause: 'pause', time: 'timeupdate', end: 'ended', speed: 'playbackratechange' };
  film.second = Number(/t=(\\d+)s/.exec(location.hash)?.[1] ?? 0);
  function tell(kind) {
    const place = { seconds: film.second, duration: film.duration, percent: film.second / film.duration };
    return heard.has(names[kind]) ? JSON.stringify({ event: names[kind], data: kind === 'speed' ? { playbackRate: film.speed } : place }) : '{}';
  }
  addEventListener('message', ({ data }) => {
    const { method, value } = typeof data === 'string' ? JSON.parse(data) : data;
    if (method === 'addEventListener') { heard.add(value); if (value === 'play') play(); return; }
    if (method === 'setPlaybackRate') { film.speed = value; tellAll('speed'); }
    if (method === 'setCurrentTime') film.second = value;
    if (method === 'play') play();
    if (method === 'pause') pause();
    parent.postMessage(JSON.stringify({ method, value: method === 'getDuration' ? film.duration : value }), '*');
  });
  parent.postMessage(JSON.stringify({ event: 'ready' }), '*');
`;

const page = (protocol: string) =>
  `<!doctype html><title>A film</title><button onclick="pause()">Pause</button><output></output><script>${clockwork}${protocol}</script>`;

/** Plays the part of both far sites for a browser window. Gives the addresses that were asked for, which grow. */
export async function playFarSites(context: BrowserContext): Promise<string[]> {
  const asked: string[] = [];
  const answer = (glob: string, protocol: string) =>
    context.route(glob, async (route) => {
      asked.push(route.request().url());
      await route.fulfill({ contentType: 'text/html', body: page(protocol) });
    });
  await answer('https://www.youtube-nocookie.com/**', youtube);
  await answer('https://player.vimeo.com/**', vimeo);
  return asked;
}

const key = 'lyceum.player.autoplay';

/** Whether this browser goes on to the next lesson when a film has ended. It does until somebody says no. */
export function goesOn(): boolean {
  return localStorage.getItem(key) !== 'off';
}

/** Remembers the choice for this browser. */
export function keepGoingOn(isWanted: boolean): void {
  localStorage.setItem(key, isWanted ? 'on' : 'off');
}

let isUnderWay = false;

/** Says that the next lesson was opened by the film before it, so that its own film begins by itself. */
export function handOn(): void {
  isUnderWay = true;
}

/** Whether this lesson was opened so. Asked once. */
export function takeOver(): boolean {
  const wasUnderWay = isUnderWay;
  isUnderWay = false;
  return wasUnderWay;
}

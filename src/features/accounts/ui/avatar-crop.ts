/** A square part of a picture, in pixels of the picture as it is seen. */
export interface Crop {
  x: number;
  y: number;
  size: number;
}

interface Picture {
  width: number;
  height: number;
}

/** The smallest square that still makes a picture of a person; the server asks the same. */
const smallest = 64;
/** How far one may zoom in at the most. */
const mostZoom = 8;

const largestIn = (picture: Picture) => Math.min(picture.width, picture.height);
const smallestIn = (picture: Picture) => Math.min(largestIn(picture), Math.max(smallest, largestIn(picture) / mostZoom));

/** The largest square at the center. */
export function centered(picture: Picture): Crop {
  const size = largestIn(picture);
  return { x: (picture.width - size) / 2, y: (picture.height - size) / 2, size };
}

/** The square moved over the picture, as far as its edges. */
export function moved(crop: Crop, picture: Picture, byX: number, byY: number): Crop {
  const within = (place: number, length: number) => Math.max(0, Math.min(place, length - crop.size));
  return { ...crop, x: within(crop.x + byX, picture.width), y: within(crop.y + byY, picture.height) };
}

/** How far the square is zoomed in, from 0 to 1; even steps look even. */
export function zoomOf(crop: Crop, picture: Picture): number {
  const range = Math.log(largestIn(picture) / smallestIn(picture));
  return range === 0 ? 0 : Math.max(0, Math.min(1, Math.log(largestIn(picture) / crop.size) / range));
}

/** The square zoomed to a degree from 0 to 1, around its own center. */
export function zoomedTo(crop: Crop, picture: Picture, zoom: number): Crop {
  const degree = Math.max(0, Math.min(1, zoom));
  const size = largestIn(picture) * (smallestIn(picture) / largestIn(picture)) ** degree;
  const shift = (crop.size - size) / 2;
  return moved({ ...crop, size }, picture, shift, shift);
}

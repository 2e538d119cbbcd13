/** The library without captions and second sound tracks; it has the types of the whole. */
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}

import { type ArrivedFile, UploadMachine } from '#features/media/ui/upload-machine.svelte.ts';

/** Sends pictures that were pasted or dropped, one after the other, and says how far it is. */
export class PictureUpload {
  readonly #machine: UploadMachine;
  readonly #waiting: File[] = [];
  #isBusy = false;

  constructor(arrived: (picture: ArrivedFile) => void) {
    this.#machine = new UploadMachine('image', (picture) => {
      arrived(picture);
      this.#isBusy = false;
      void this.#machine.forget().then(() => this.#next());
    });
  }

  /** What is going on, in words; nothing when nothing is. */
  get message(): string {
    const { state } = this.#machine;
    if (state.kind === 'refused') return state.message;
    if (state.kind === 'sending' || state.kind === 'waiting' || state.kind === 'finishing') return `Uploading ${state.name}…`;
    return '';
  }

  send(file: File): void {
    this.#waiting.push(file);
    if (!this.#isBusy || this.#machine.state.kind === 'refused') this.#next();
  }

  #next(): void {
    const file = this.#waiting.shift();
    if (!file) return;
    this.#isBusy = true;
    void this.#machine.send(file);
  }
}

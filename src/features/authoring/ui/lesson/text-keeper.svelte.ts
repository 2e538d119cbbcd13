import { failed, saved, saving, unsaved } from '../save-state.svelte.ts';

/** Somebody else wrote meanwhile: the three texts that matter. */
export interface Conflict {
  base: string;
  mine: string;
  theirs: string;
  revision: string;
  author: string | null;
}

export type Answer =
  | { kind: 'saved'; revision: string }
  | { kind: 'conflict'; content: string; revision: string; author: string | null }
  | { kind: 'failed'; message: string; again: boolean };

interface Kept {
  text: string;
  base: string;
  revision: string;
}

const pauseMilliseconds = 1200;
const againMilliseconds = 5000;

/** Saves a text as it is written, one request at a time. What has not arrived lies in the browser as well, and is offered again. */
export class TextKeeper {
  conflict = $state.raw<Conflict>();
  /** Words from an earlier visit that never arrived. */
  left = $state.raw<Kept>();
  #base: { content: string; revision: string };
  #text: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isSending = false;
  /** More is written than was told. */
  #isBehind = false;
  readonly #place: string;
  readonly #send: (content: string, basedOn: string) => Promise<Answer>;

  constructor(subject: { id: string; content: string; revision: string }, send: (content: string, basedOn: string) => Promise<Answer>) {
    this.#base = subject;
    this.#text = subject.content;
    this.#place = `lesson-text:${subject.id}`;
    this.#send = send;
    const kept = this.#recall();
    if (kept && kept.text !== subject.content) this.left = kept;
    else this.#forget();
  }

  get text(): string {
    return this.#text;
  }

  /** Words are being written that come with the next change: what is kept is not everything any more. */
  writing(): void {
    this.#isBehind = true;
    if (!this.#isSending && !this.conflict) unsaved();
  }

  change(text: string): void {
    const wasBehind = this.#isBehind;
    this.#isBehind = false;
    if (text === this.#text && !(wasBehind && text === this.#base.content)) return;
    this.#text = text;
    if (text === this.#base.content && !this.#isSending && !this.conflict) {
      this.#forget();
      clearTimeout(this.#timer);
      saved(new Date());
      return;
    }
    // Words of an earlier visit stay until somebody said what becomes of them.
    if (!this.left) this.#remember();
    if (this.conflict) this.conflict = { ...this.conflict, mine: text };
    else {
      if (!this.#isSending) unsaved();
      this.#wait(pauseMilliseconds);
    }
  }

  /** Sends what is written, at once. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isSending || this.conflict || this.#text === this.#base.content) return;
    this.#isSending = true;
    saving();
    const sent = this.#text;
    const answer = await this.#send(sent, this.#base.revision);
    this.#isSending = false;
    if (answer.kind === 'saved') this.#arrived(sent, answer.revision);
    else if (answer.kind === 'conflict') this.#refused(answer);
    else {
      failed(answer.message);
      if (answer.again) this.#wait(againMilliseconds);
    }
  }

  /** Goes on with this text in the place of both. */
  resolve(text: string): void {
    if (!this.conflict) return;
    this.#base = { content: this.conflict.theirs, revision: this.conflict.revision };
    this.conflict = undefined;
    this.#text = text;
    if (text === this.#base.content) {
      this.#forget();
      saved(new Date());
      return;
    }
    this.#remember();
    void this.save();
  }

  /** Takes up the words of an earlier visit. Gives them; if the text went on without them meanwhile, both are shown. */
  takeUp(): string | undefined {
    const kept = this.left;
    this.left = undefined;
    if (!kept) return undefined;
    this.#text = kept.text;
    if (kept.revision === this.#base.revision) {
      this.#remember();
      void this.save();
    } else {
      this.conflict = { base: kept.base, mine: kept.text, theirs: this.#base.content, revision: this.#base.revision, author: null };
      failed('Two texts wait for you to choose');
    }
    return kept.text;
  }

  letGo(): void {
    this.left = undefined;
    if (this.#text === this.#base.content) this.#forget();
    else this.#remember();
  }

  end(): void {
    clearTimeout(this.#timer);
    void this.save();
  }

  #arrived(content: string, revision: string): void {
    this.#base = { content, revision };
    if (this.#text === content && !this.#isBehind) {
      if (!this.left) this.#forget();
      saved(new Date());
    } else {
      unsaved();
      this.#wait(pauseMilliseconds);
    }
  }

  #refused({ content, revision, author }: Answer & { kind: 'conflict' }): void {
    this.conflict = { base: this.#base.content, mine: this.#text, theirs: content, revision, author };
    failed('Not saved: two texts wait for you to choose');
  }

  #wait(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), milliseconds);
  }

  #remember(): void {
    const kept: Kept = { text: this.#text, base: this.#base.content, revision: this.#base.revision };
    try {
      localStorage.setItem(this.#place, JSON.stringify(kept));
    } catch {
      // Full or forbidden: the text is still in the page, and on its way.
    }
  }

  #recall(): Kept | undefined {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#place) ?? 'null') as Partial<Kept> | null;
      const { text, base, revision } = kept ?? {};
      return typeof text === 'string' && typeof base === 'string' && typeof revision === 'string' ? { text, base, revision } : undefined;
    } catch {
      // What cannot be read was not written here.
      return undefined;
    }
  }

  #forget(): void {
    try {
      localStorage.removeItem(this.#place);
    } catch {
      // Nothing was kept where nothing can be.
    }
  }
}

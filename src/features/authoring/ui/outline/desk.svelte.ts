import { tick } from 'svelte';
import { showToast } from '#ui/toasts.svelte.ts';
import { goto } from '$app/navigation';
import { navigating, page } from '$app/state';
import type { EditorChapter, OutlineEditorPage } from '../../outline/outline-page.ts';
import { type Held, Lift, type Mark } from './lift.svelte.ts';
import { fieldsOf } from './menus.ts';
import { chapterStep, type Direction, lessonStep, placeOfChapter, placeOfLesson, withChapterAt, withLessonAt } from './places.ts';
import { send } from './send.ts';
import { spokenPlace } from './spoken.ts';

type Kind = Held['kind'];

/** What the page hands to the desk; it changes when the page is loaded anew. */
interface Given {
  course: { id: string; slug: string };
  outline: OutlineEditorPage;
  /** Why a form that came without scripts was refused, by field. */
  problems: Record<string, string>;
}

interface Answer {
  done?: string;
  undo?: { action: string; fields: Record<string, string | null> };
}

/** The outline as somebody works at it: what they move, choose and rename, and how it is sent. */
export class OutlineDesk {
  #given: () => Given;
  /** As it is being arranged; null while it is as the server says. */
  #arranged = $state.raw<EditorChapter[] | null>(null);
  #refusal = $state<Record<string, string>>({});
  #isStepping = false;
  /** How much has been sent and not answered. */
  #underWay = 0;
  readonly lift: Lift;
  chosen = $state<string[]>([]);
  /** For who hears the page. */
  spoken = $state('');

  constructor(given: () => Given, root: () => HTMLElement) {
    this.#given = given;
    this.lift = new Lift(root, (held, mark) => void this.#put(held, mark));
  }

  get chapters(): EditorChapter[] {
    return this.#arranged ?? this.#given().outline.chapters;
  }

  get course(): Given['course'] {
    return this.#given().course;
  }

  get mayEdit(): boolean {
    return this.#given().outline.mayEdit;
  }

  /** The page's own address, without what is open on it. */
  get address(): string {
    return `/studio/courses/${this.course.slug}`;
  }

  get problems(): Record<string, string> {
    return { ...this.#given().problems, ...this.#refusal };
  }

  /** What the address has opened: `?rename=<id>` and its like. */
  asked(name: 'rename' | 'chapter' | 'move'): string | null {
    return page.url.searchParams.get(name);
  }

  /** Closes what the address has opened. */
  leave = async (): Promise<void> => {
    this.#refusal = {};
    if (page.url.search !== '') await goto(this.address, { replace: true, reset: false });
  };

  /** Chooses a lesson for what is done with several at once, or leaves it out. */
  choose(id: string, isChosen: boolean): void {
    this.chosen = [...this.chosen.filter((other) => other !== id), ...(isChosen ? [id] : [])];
  }

  isHeld(id: string, by?: Held['by']): boolean {
    const { held } = this.lift;
    return held?.id === id && (by === undefined || held.by === by);
  }

  /** Takes something up by the keyboard, or puts it down where it is now. */
  toggle(kind: Kind, id: string): void {
    const { held } = this.lift;
    if (!held) {
      this.lift.held = { kind, id, by: 'keys' };
      this.spoken = `Taken up. ${spokenPlace(this.chapters, id)} The arrow keys move it, Space puts it down, Escape puts it back.`;
      return;
    }
    this.lift.held = null;
    this.spoken = `Put down. ${spokenPlace(this.chapters, id)}`;
    if (this.#arranged) void this.#put(held, kind === 'lesson' ? placeOfLesson(this.chapters, id) : placeOfChapter(this.chapters, id));
  }

  /** Moves what was taken up by one place. */
  async step(kind: Kind, id: string, direction: Direction): Promise<void> {
    const to = kind === 'lesson' ? lessonStep(this.chapters, id, direction) : chapterStep(this.chapters, id, direction);
    if (!to) {
      this.spoken = direction === 'up' ? 'This is the very beginning.' : 'This is the very end.';
      return;
    }
    // In another chapter its grip is another element, and the focus has to follow.
    this.#isStepping = true;
    this.#show(kind, id, to);
    await tick();
    const grip = document.getElementById(`grip-${id}`);
    grip?.focus();
    grip?.scrollIntoView({ block: 'nearest' });
    this.#isStepping = false;
    this.spoken = spokenPlace(this.chapters, id);
  }

  /** Puts what was taken up back where it was. */
  cancel(): void {
    if (this.#isStepping || !this.lift.held) return;
    this.lift.held = null;
    this.#arranged = null;
    this.spoken = 'Put back where it was.';
  }

  #show(kind: Kind, id: string, to: Mark): void {
    this.#arranged =
      kind === 'lesson' && to.chapterId !== undefined ? withLessonAt(this.chapters, id, to) : withChapterAt(this.chapters, id, to);
  }

  async #put({ kind, id }: Held, to: Mark): Promise<void> {
    this.#show(kind, id, to);
    const body = new FormData();
    body.set(`${kind}Id`, id);
    for (const [name, value] of Object.entries(fieldsOf(to))) body.set(name, value);
    await this.#sendAndTell(`${this.address}?/${kind === 'lesson' ? 'moveLesson' : 'moveChapter'}`, body);
  }

  async #sendAndTell(action: string, body: FormData): Promise<boolean> {
    this.#underWay += 1;
    const result = await send(action, body);
    this.#underWay -= 1;
    // What has been moved since then is not answered yet, and what is held is not put down yet.
    if (this.#underWay === 0 && this.lift.held?.by !== 'keys') this.#arranged = null;
    if (result?.type === 'success') {
      this.#refusal = {};
      const { done, undo } = (result.data ?? {}) as Answer;
      if (done)
        showToast({
          message: done,
          next: undo && { label: 'Undo', action: `${this.address}?/${undo.action}`, fields: textsOf(undo.fields) },
        });
      return true;
    }
    if (result?.type === 'failure') {
      this.#refusal = (result.data?.fields ?? {}) as Record<string, string>;
      // At an open field or dialog the words stand there; otherwise they pass by.
      if (page.url.search === '') showToast({ message: Object.values(this.#refusal)[0] ?? String(result.data?.message), tone: 'danger' });
    }
    return false;
  }

  /** Every form of the page, those in menus, dialogs and messages too, is sent without leaving it. */
  onsubmit = async (event: SubmitEvent): Promise<void> => {
    const form = event.target as HTMLFormElement;
    const action = new URL(form.action);
    if (action.pathname !== this.address || !action.search.startsWith('?/')) return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    const menu = form.closest('details.menu');
    menu?.removeAttribute('open');
    const isLine = form.classList.contains('add-line');
    // The line is free for the next title at once; what was refused comes back.
    if (isLine) form.reset();
    const openedAt = page.url.href;
    const isDone = await this.#sendAndTell(`${this.address}${action.search}`, body);
    if (isDone && form.id === 'chosen-lessons') this.chosen = [];
    // Who has gone on meanwhile, or is on the way, is not called back.
    const stays = page.url.href === openedAt && !navigating.to;
    if (isDone && stays) await this.leave();
    else if (!isDone && isLine) giveBack(form, String(body.get('title')));
    menu?.querySelector('summary')?.focus();
  };
}

function textsOf(fields: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? '']));
}

function giveBack(form: HTMLFormElement, title: string): void {
  const field = form.querySelector<HTMLInputElement>('[name=title]');
  if (field?.value !== '') return;
  field.value = title;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

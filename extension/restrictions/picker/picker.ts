import type { Rule } from '../../../protocol/rules.ts';
import type { FromPicker, PageReport } from '../picker-message.ts';
import { drawBar, type Choice } from './bar.ts';
import { judgePage, type Coverage } from './coverage.ts';
import { labelOf, sensitiveFields, type SensitiveFields } from './fields.ts';
import { createLayer, place } from './layer.ts';
import { proposePages } from './page-pattern.ts';
import { elementAt, findAll, frameOffset, parentOf, rootsOf, type Root } from './page-roots.ts';
import { drawPreview } from './preview.ts';
import { proposeSelectors } from './propose-selectors.ts';

/** A page that changes all the time is judged again no more often. */
const JUDGE_EVERY_MS = 300;
const STEPS = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];
const ACTION_WORDS = { mask: 'Masked', restrict: 'Restricted', hide: 'Hidden' };

export interface Picker {
  setRules(rules: readonly Rule[]): void;
  choose(selector: string): void;
  stop(): void;
}

/** Lets the administrator point at elements of the page it runs in. */
export function createPicker(send: (message: FromPicker) => void): Picker {
  const layer = createLayer();
  const stopping = new AbortController();
  const { signal } = stopping;
  let rules: readonly Rule[] = [];
  let roots: Root[] = [document];
  let coverage: Coverage = judgePage([], new URL(location.href), roots);
  let fields: SensitiveFields = { uncovered: [], byDefault: [] };
  let reported = '';
  let picking = true;
  let preview = true;
  let pointed: Element | null = null;
  let isChosen = false;
  /** Where "inside" leads back to. */
  let trail: Element[] = [];
  let nextField = 0;
  let said = '';
  let judging: ReturnType<typeof setTimeout> | undefined;
  let frame = 0;

  const observer = new MutationObserver((changes) => {
    if (changes.some(({ target }) => target !== layer.host)) judgeSoon();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
  listen();
  judge();

  function judgeSoon(): void {
    judging ??= setTimeout(judge, JUDGE_EVERY_MS);
  }

  function judge(): void {
    clearTimeout(judging);
    judging = undefined;
    roots = rootsOf(document);
    coverage = judgePage(rules, new URL(location.href), roots);
    fields = sensitiveFields(coverage, roots);
    report();
    draw();
  }

  function report(): void {
    const page: PageReport = {
      type: 'page',
      url: location.origin + location.pathname,
      siteKey: document.querySelector('script[data-site]')?.getAttribute('data-site') ?? null,
      matches: coverage.matches,
      ...fields,
      urls: proposePages(location.pathname),
    };
    const text = JSON.stringify(page);
    if (text === reported) return;
    reported = text;
    send(page);
  }

  function draw(): void {
    layer.shield.hidden = !picking;
    if (preview) drawPreview(layer.boxes, coverage);
    else layer.boxes.replaceChildren();
    drawPointed();
    const best = isChosen && pointed !== null ? proposeSelectors(pointed, roots)[0] : undefined;
    const why = pointed === null ? null : (coverage.of(pointed)?.why ?? null);
    const chosen = best === undefined ? null : { best, why };
    drawBar(
      layer.bar,
      { picking, preview, chosen, uncovered: fields.uncovered.length, said },
      { choose: decide, cancel, togglePicking, togglePreview, nextUncovered, back: () => send({ type: 'back' }) },
    );
  }

  function drawPointed(): void {
    const { outline, note } = layer;
    const isShown = pointed?.isConnected === true && picking;
    outline.hidden = !isShown;
    note.hidden = !isShown;
    if (pointed === null || !isShown) return;
    const rect = pointed.getBoundingClientRect();
    const { left, top } = frameOffset(pointed);
    const box = new DOMRect(rect.left + left, rect.top + top, rect.width, rect.height);
    place(outline, box);
    outline.toggleAttribute('data-chosen', isChosen);
    const covered = coverage.of(pointed);
    const name = `${pointed.localName} · ${labelOf(pointed)}`;
    note.textContent = covered === null ? name : `${name} · ${LOOK_WORDS[covered.look]}: ${covered.why}`;
    note.style.left = `${Math.max(4, Math.min(box.left, innerWidth - 240))}px`;
    note.style.top = `${box.top > 30 ? box.top - 28 : Math.min(box.bottom + 4, innerHeight - 28)}px`;
  }

  function point(at: Element | null, keepsTrail = false): void {
    if (!keepsTrail) trail = [];
    pointed = at;
    isChosen = false;
    said = '';
    draw();
  }

  function choose(at: Element): void {
    pointed = at;
    isChosen = true;
    said = '';
    draw();
  }

  function cancel(): void {
    if (isChosen) point(pointed);
    else if (pointed !== null) point(null);
    else if (picking) togglePicking();
  }

  /** The administrator has decided what becomes of the chosen element. */
  function decide(action: Choice): void {
    if (pointed === null || !isChosen) return;
    const selectors = proposeSelectors(pointed, roots);
    send({ type: 'picked', action, label: labelOf(pointed), selectors, urls: proposePages(location.pathname) });
    const name = labelOf(pointed);
    point(null);
    said = action === null ? '' : `${ACTION_WORDS[action]} in the draft: ${name}`;
    draw();
  }

  function togglePicking(): void {
    picking = !picking;
    point(null);
  }

  function togglePreview(): void {
    preview = !preview;
    draw();
  }

  function nextUncovered(): void {
    const { uncovered } = fields;
    const field = uncovered[nextField % Math.max(1, uncovered.length)];
    nextField += 1;
    if (field !== undefined) chooseBy(field.selector);
  }

  function chooseBy(selector: string): void {
    const found = findAll(selector, roots)?.[0];
    if (found === undefined) return;
    picking = true;
    found.scrollIntoView({ block: 'center', behavior: 'instant' });
    choose(found);
    layer.shield.focus({ preventScroll: true });
  }

  function listen(): void {
    const { shield } = layer;
    shield.tabIndex = -1;
    shield.addEventListener('pointermove', onPointerMove, { signal });
    for (const type of ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'dblclick', 'contextmenu'] as const) {
      shield.addEventListener(type, swallow, { signal });
    }
    shield.addEventListener('click', onClick, { signal });
    window.addEventListener('keydown', onKeyDown, { capture: true, signal });
    window.addEventListener('scroll', drawSoon, { capture: true, passive: true, signal });
    window.addEventListener('resize', drawSoon, { signal });
    // A picture that has come moves what is below it.
    window.addEventListener('load', judgeSoon, { capture: true, signal });
  }

  function drawSoon(): void {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => draw());
  }

  function onPointerMove(event: PointerEvent): void {
    if (!event.isTrusted || isChosen) return;
    const at = elementAt(event.clientX, event.clientY, layer.host);
    if (at !== pointed) point(at);
  }

  function onClick(event: MouseEvent): void {
    swallow(event);
    if (!event.isTrusted) return;
    const at = elementAt(event.clientX, event.clientY, layer.host);
    if (at !== null) choose(at);
    layer.shield.focus({ preventScroll: true });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!event.isTrusted || !picking || event.ctrlKey || event.metaKey || event.altKey) return;
    // The toolbar's buttons keep their own keys.
    const isOnBar = event.target === layer.host && !layer.shield.matches(':focus');
    if (isOnBar && event.key !== 'Escape') return;
    if (!answer(event.key)) return;
    swallow(event);
  }

  /** @returns whether the key was meant for the picker */
  function answer(key: string): boolean {
    if (key === 'Escape') {
      cancel();
      return true;
    }
    if (STEPS.includes(key)) return step(key);
    if (pointed === null) return false;
    const action = ({ m: 'mask', r: 'restrict', h: 'hide' } as const)[key.toLowerCase()];
    if (isChosen && action !== undefined) decide(action);
    else if (isChosen && key === 'Enter') decide(null);
    else if (key === 'Enter') choose(pointed);
    else return false;
    return true;
  }

  function step(key: string): boolean {
    const from = pointed ?? document.body;
    const wasChosen = isChosen;
    let to: Element | null;
    if (key === 'ArrowUp') {
      to = parentOf(from);
      if (to !== null) trail.push(from);
    } else if (key === 'ArrowDown') {
      to = trail.pop() ?? from.shadowRoot?.firstElementChild ?? from.firstElementChild;
    } else {
      to = key === 'ArrowLeft' ? from.previousElementSibling : from.nextElementSibling;
      trail = [];
    }
    if (to === null || to === layer.host) return true;
    point(to, true);
    to.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    if (wasChosen) choose(to);
    return true;
  }

  return {
    setRules(next) {
      rules = next;
      judge();
    },
    choose: chooseBy,
    stop() {
      stopping.abort();
      observer.disconnect();
      clearTimeout(judging);
      cancelAnimationFrame(frame);
      layer.remove();
    },
  };
}

const LOOK_WORDS = { mask: 'masked', restrict: 'restricted', hide: 'hidden' };

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

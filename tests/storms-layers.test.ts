import { test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';
import { seeds } from './support/seeds.ts';
import { expectSameAfterStorms } from './support/storms.ts';

declare const lab: Lab;

/** Dialogs, popovers and details, one in the other, that open and close while they move. */
eachInLab();

test.for(seeds(3))('what lies on top opens and closes by chance (seed %i)', { timeout: 60_000 }, async (seed) => {
  await page.evaluate(async (first) => {
    const chance = lab.createChance(first);
    const { below, one } = chance;
    // Windows differ, and with them what in a layer can be scrolled.
    const style = '<style>:is(dialog, [popover]) { overflow: visible; max-height: none }</style>';
    document.body.innerHTML = `${style}<div id=root><section></section><section></section></div>`;
    const root = document.getElementById('root')!;
    const gone: Element[] = [];
    let count = 0;
    const name = (): string => one(['', ' name=a', ' name=b']);
    const markup = (): string => {
      count += 1;
      return one([
        () => `<dialog id=e${count}>d<section>s</section></dialog>`,
        () => `<dialog id=e${count} ${below(2) ? 'open' : ''}><button autofocus>b</button></dialog>`,
        () => `<section id=e${count} popover=${one(['auto', 'manual', 'hint', ''])}>p<input></section>`,
        () => `<dialog id=e${count} popover=${one(['auto', 'manual'])}>dp</dialog>`,
        () => `<button popovertarget=e${below(count)}>opens</button>`,
        () => `<button commandfor=e${below(count)} command=show-modal>opens</button>`,
        () => `<details id=e${count}${name()} ${below(2) ? 'open' : ''}><summary>s</summary><p>p</p></details>`,
        () => `<details id=e${count}${name()}><section>s</section></details>`,
        () => `<section id=e${count}><p>p</p></section>`,
        () => `<x-layer id=e${count} popover>x</x-layer>`,
      ])();
    };
    const { roots, all, some } = lab.createGround(root, chance);
    const { holds } = lab;
    const placeFor = (element: Element): Element | ShadowRoot =>
      one([...roots(), ...all('section, dialog, details, x-layer')].filter((place) => !holds(element, place)));
    const put = (element: Element): void => {
      const place = placeFor(element);
      place.insertBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null);
    };
    const make = (): Element => {
      const made = document.createElement('div');
      made.innerHTML = markup();
      return made.firstElementChild!;
    };
    const attempt = (act: () => void): void => {
      try {
        act();
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
      }
    };
    const change = (): void => {
      const kind = below(22);
      const element = some('*');
      const dialog = some('dialog') as HTMLDialogElement | undefined;
      const popover = some('[popover]');
      if (kind < 3 || !element || all().length < 12) put(make());
      else if (kind === 3) attempt(() => dialog?.showModal());
      else if (kind === 4) attempt(() => dialog?.show());
      else if (kind === 5) dialog?.close();
      else if (kind === 6 || kind === 7) attempt(() => popover?.togglePopover());
      else if (kind === 8) {
        const source = some('button');
        attempt(() => popover?.showPopover(source ? { source } : {}));
      } else if (kind === 9) some('button')?.click();
      else if (kind === 10) put(element);
      else if (kind === 11) {
        const place = placeFor(element) as Element;
        attempt(() => place.moveBefore(element, place.childNodes[below(place.childNodes.length + 1)] ?? null));
      } else if (kind === 12) {
        element.remove();
        if (below(2) === 0) gone.push(element);
      } else if (kind === 13 && gone.length > 0) put(gone.splice(below(gone.length), 1)[0]!);
      else if (kind === 14) some('details')?.toggleAttribute('open');
      else if (kind === 15) some('details')?.setAttribute('name', one(['', 'a', 'b']));
      else if (kind === 16 && !dialog?.matches(':modal')) dialog?.toggleAttribute('open');
      else if (kind === 17) {
        if (popover && below(3) === 0) popover.removeAttribute('popover');
        else some('section, [popover]')?.setAttribute('popover', one(['auto', 'manual', 'hint']));
      } else if (kind === 18) {
        const host = some('section:empty, section:has(> p:only-child)');
        if (host && !host.shadowRoot)
          host.attachShadow({ mode: 'open' }).innerHTML = `${style}${markup()}<slot></slot>`;
      } else if (kind === 19) {
        // All at once, and in another order.
        const open = all('dialog:modal') as HTMLDialogElement[];
        for (const at of open) at.close();
        for (const at of open.reverse()) attempt(() => at.showModal());
      } else if (kind === 20) some('input, button')?.focus({ preventScroll: true });
      else if (kind === 21 && below(3) === 0) {
        const wrap = document.createElement('section');
        element.replaceWith(wrap);
        wrap.append(element);
      }
      if (all().length > 70) root.firstElementChild?.remove();
    };
    Object.assign(window, { storm: () => lab.storm(chance, 14, change) });
    for (let step = 0; step < 20; step += 1) change();
    lab.hurryClock(chance);
    await lab.start();
  }, seed);
  await expectSameAfterStorms();
});

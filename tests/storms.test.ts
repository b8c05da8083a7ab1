import { expect, test } from 'vitest';
import type { Lab } from './lab/source.ts';
import { eachInLab, page } from './support/lab-page.ts';

declare const lab: Lab;

/** More changes than fit a slice of the customer's main thread: they are written bit by bit while the page goes on. */
eachInLab();

const isSame = (): Promise<boolean> => page.evaluate(() => lab.page() === lab.mirror());

test('thousands of siblings at once on both sides of one that stays', { timeout: 30_000 }, async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<div id=list style="display: none"><hr></div>';
    await lab.start();
    const list = document.querySelector('#list')!;
    const rows = (): DocumentFragment => {
      const all = document.createDocumentFragment();
      for (let index = 0; index < 15_000; index += 1) all.append(document.createElement('p'));
      return all;
    };
    list.prepend(rows());
    list.append(rows());
  });
  await expect.poll(isSame, { timeout: 20_000 }).toBe(true);
});

test('a thing that moves into one that moves where it cannot be written yet', async () => {
  await page.evaluate(async () => {
    document.body.innerHTML = '<p id=moving></p><p id=inner>inner</p><p id=empty></p>';
    await lab.start();
    // For a while there is no time for anything.
    const clock = performance.now.bind(performance);
    let calls = 0;
    performance.now = () => clock() + 1_000 * Math.min((calls += 1), 12);
    const whole = document.createElement('div');
    const [moving, inner, empty] = ['moving', 'inner', 'empty'].map((id) => document.getElementById(id)!);
    document.body.append(whole);
    moving!.append(inner!, 'new in what moves');
    whole.append(moving!, empty!);
  });
  await expect.poll(isSame).toBe(true);
});

/** The clock runs as it likes: slices end anywhere. */
test.for([1, 2, 3, 4, 5, 6])(
  'changes by chance while earlier ones wait (seed %i)',
  { timeout: 60_000 },
  async (seed) => {
    await page.evaluate(async (first) => {
      let state = first;
      const random = (below: number): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      document.body.innerHTML = '<div id=root style="display: none"></div>';
      const root = document.getElementById('root')!;
      const pool: Element[] = [];
      const tree = (children: number, depth: number): Element => {
        const element = document.createElement(['p', 'b', 'div', 'i'][random(4)]!);
        for (let index = 0; index < children; index += 1) {
          if (depth > 0 && random(3) === 0) element.append(tree(random(8), depth - 1));
          else element.append(document.createElement('u'), `text ${state}`);
        }
        return element;
      };
      const at = (parent: Element): ChildNode | null => parent.childNodes[random(parent.childNodes.length + 1)] ?? null;
      const change = (): void => {
        const all = [root, ...root.querySelectorAll('div, p, i, b')];
        const [one, two] = [all[random(all.length)]!, all[random(all.length)]!];
        const kind = random(8);
        if (kind < 2)
          for (let count = random(120); count > 0; count -= 1) one.insertBefore(tree(random(4), 2), at(one));
        else if (kind === 2) one.insertBefore(tree(random(200), 3), at(one));
        else if (kind === 3 && one !== root && !one.contains(two)) two.insertBefore(one, at(two));
        else if (kind === 4 && one !== root) {
          one.remove();
          if (random(2) === 0) pool.push(one);
        } else if (kind === 5 && pool.length > 0) two.insertBefore(pool.splice(random(pool.length), 1)[0]!, at(two));
        else if (kind === 6) for (const child of [...one.children].slice(0, 80)) one.insertBefore(child, at(one));
        else if (one.firstChild instanceof Text) one.firstChild.data = `other ${state}`;
        else one.setAttribute('title', String(state));
        if (all.length > 3_000)
          for (const child of root.querySelectorAll(':scope > *')) if (random(2) === 0) child.remove();
      };
      Object.assign(window, {
        async storm() {
          for (let step = 0; step < 12; step += 1) {
            change();
            const pause = random(6);
            if (pause === 0) await Promise.resolve();
            else if (pause === 1) await new Promise((resolve) => setTimeout(resolve, random(12)));
            else if (pause === 2) await new Promise(requestAnimationFrame);
          }
        },
      });
      for (let count = 0; count < 12; count += 1) change();
      const clock = performance.now.bind(performance);
      let ahead = 0;
      performance.now = () => clock() + (ahead += random(4));
      await lab.start();
    }, seed);
    for (let round = 0; round < 8; round += 1) {
      await page.evaluate('storm()');
      if (round % 2 === 1) await expect.poll(isSame, { timeout: 10_000 }).toBe(true);
    }
  },
);

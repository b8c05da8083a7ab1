import type { Page } from 'playwright-core';

/** What a page holds: listeners, observers, timers, frames, connections, workers, nodes, globals, storage. */
export interface Holdings {
  readonly listeners: Record<string, number>;
  readonly observers: number;
  readonly timers: number;
  readonly frames: number;
  readonly connections: number;
  readonly workers: number;
  readonly nodes: number;
  readonly globals: readonly string[];
  readonly storage: readonly string[];
  readonly builtins: string;
}

/** Counts from the page's first moment on. Put in before any script, so that nothing escapes it. */
export async function countHoldings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const listeners = new Map<string, number>();
    const registered = new WeakMap<EventTarget, Map<string, AbortSignal | null>>();
    const numbers = new WeakMap<object, number>();
    let nextNumber = 0;
    const numberOf = (callback: object): number => {
      if (!numbers.has(callback)) numbers.set(callback, (nextNumber += 1));
      return numbers.get(callback)!;
    };
    const change = (kind: string, by: number): void => void listeners.set(kind, (listeners.get(kind) ?? 0) + by);
    const kindOf = (target: EventTarget, type: string): string | null => {
      // Only what the page itself keeps alive: listeners on nodes and channels of ours go with them.
      if (target === window) return `window ${type}`;
      if (target === document) return `document ${type}`;
      if (target === document.documentElement) return `html ${type}`;
      if (target === document.body) return `body ${type}`;
      // Of a frame, listened to from outside.
      if ((target as Partial<Node>).nodeType === 9) return `frame ${type}`;
      return target instanceof Element && !target.closest('alongside-widget') && target.isConnected
        ? `element ${type}`
        : null;
    };
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function add(type, callback, options) {
      const kind = kindOf(this, type);
      if (callback && kind) {
        const { capture = false, signal = null } =
          typeof options === 'object' ? options : { capture: options ?? false };
        const key = `${type} ${capture} ${numberOf(callback)}`;
        const mine = registered.get(this) ?? new Map<string, AbortSignal | null>();
        registered.set(this, mine);
        if (!mine.has(key) && !signal?.aborted) {
          mine.set(key, signal);
          change(kind, 1);
          if (signal) {
            addEventListener.call(signal, 'abort', () => {
              if (mine.delete(key)) change(kind, -1);
            });
          }
        }
      }
      return addEventListener.call(this, type, callback, options);
    };
    EventTarget.prototype.removeEventListener = function remove(type, callback, options) {
      const kind = kindOf(this, type);
      const capture = typeof options === 'object' ? (options.capture ?? false) : (options ?? false);
      if (callback && kind && registered.get(this)?.delete(`${type} ${capture} ${numberOf(callback)}`))
        change(kind, -1);
      return removeEventListener.call(this, type, callback, options);
    };

    let observers = 0;
    for (const Observer of [MutationObserver, ResizeObserver, IntersectionObserver, PerformanceObserver]) {
      const { observe, disconnect } = Observer.prototype as unknown as Record<string, (...args: unknown[]) => void>;
      const active = new WeakSet<object>();
      Object.assign(Observer.prototype, {
        observe(this: object, ...args: unknown[]) {
          if (!active.has(this)) observers += 1;
          active.add(this);
          return observe!.apply(this, args);
        },
        disconnect(this: object) {
          if (active.delete(this)) observers -= 1;
          return disconnect!.call(this);
        },
      });
    }

    const timers = new Set<number>();
    const { setTimeout, setInterval, clearTimeout, clearInterval } = window;
    const counted = (original: (callback: () => void, delay?: number) => number, repeats: boolean) =>
      function start(callback: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): number {
        const id = original(() => {
          if (!repeats) timers.delete(id);
          callback(...args);
        }, delay);
        timers.add(id);
        return id;
      };
    Object.assign(window, {
      setTimeout: counted((callback, delay) => setTimeout(callback, delay), false),
      setInterval: counted((callback, delay) => setInterval(callback, delay), true),
    });
    window.clearTimeout = (id) => {
      timers.delete(id as number);
      clearTimeout(id);
    };
    window.clearInterval = (id) => {
      timers.delete(id as number);
      clearInterval(id);
    };
    const frames = new Set<number>();
    const { requestAnimationFrame, cancelAnimationFrame } = window;
    window.requestAnimationFrame = (callback) => {
      const id = requestAnimationFrame((time) => {
        frames.delete(id);
        callback(time);
      });
      frames.add(id);
      return id;
    };
    window.cancelAnimationFrame = (id) => {
      frames.delete(id);
      cancelAnimationFrame(id);
    };

    const open: { readyState?: number | string; connectionState?: string; signalingState?: string }[] = [];
    for (const name of ['WebSocket', 'RTCPeerConnection'] as const) {
      window[name] = new Proxy(window[name], {
        construct(target, args) {
          const made = Reflect.construct(target, args) as object;
          open.push(made);
          return made;
        },
      }) as never;
    }
    let workers = 0;
    window.Worker = new Proxy(Worker, {
      construct(target, args) {
        const worker = Reflect.construct(target, args) as Worker;
        workers += 1;
        const { terminate } = worker;
        worker.terminate = () => {
          workers -= 1;
          worker.terminate = terminate;
          terminate.call(worker);
        };
        return worker;
      },
    });

    const builtinsNow = (): string =>
      [Node, Element, HTMLElement, Document, EventTarget, HTMLInputElement, History, Window, Array, Object, Function]
        .map((owner) =>
          Object.entries(Object.getOwnPropertyDescriptors(owner.prototype))
            .map(([name, { value, get, set }]) =>
              [value, get, set]
                .map((part) => (typeof part === 'function' ? numberOf(part as object) : ''))
                .join('/')
                .concat(name),
            )
            .join(),
        )
        .join('\n');

    Object.assign(window, {
      holdings: () => ({
        listeners: Object.fromEntries(
          [...listeners].filter(([, count]) => count !== 0).sort(([a], [b]) => a.localeCompare(b)),
        ),
        observers,
        timers: timers.size,
        frames: frames.size,
        connections: open.filter(
          (one) => !(one.readyState === 3 || one.connectionState === 'closed' || one.signalingState === 'closed'),
        ).length,
        workers,
        nodes: (() => {
          const count = (root: Node): number => {
            let sum = 0;
            const walker = document.createTreeWalker(root);
            for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
              sum += 1;
              if (node instanceof Element && node.shadowRoot) sum += count(node.shadowRoot);
            }
            return sum;
          };
          return count(document);
        })(),
        globals: Object.keys(window).sort(),
        storage: [...Object.keys(sessionStorage), ...Object.keys(localStorage)].sort(),
        builtins: builtinsNow(),
      }),
    });
  });
}

export function holdingsOf(page: Page): Promise<Holdings> {
  return page.evaluate(() => (window as unknown as { holdings(): Holdings }).holdings());
}

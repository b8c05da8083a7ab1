/**
 * The browser's own, under the names that pages take for something else: `class Node {}` in a script that nobody
 * bundled hides the browser's from every module, and `var URL = '…'` replaces it. The build has every other module of
 * the snippet import from here what it calls by these names (`vite.config.ts`), so that they need not remember it.
 *
 * What was replaced comes from a frame made for it and taken out again: of these, all work without it. Libraries that
 * wrap a builtin (zone.js) keep its methods, and are left alone.
 */
type Global = typeof globalThis;

let frame: HTMLIFrameElement | null = null;

/** What a window has that no script has been in. It stands until the module that asks has been evaluated. */
export function fromFrame<Name extends keyof Global>(name: Name): Global[Name] {
  if (!frame) {
    const made = document.createElement('iframe');
    frame = made;
    // Asked for first, so that the page's observers find it gone again.
    queueMicrotask(() => {
      made.remove();
      frame = null;
    });
    document.documentElement.append(made);
  }
  try {
    return (frame.contentWindow as unknown as Global)[name];
  } catch {
    return globalThis[name]; // A sandbox of the page's keeps us out of our own frame.
  }
}

const NATIVE = /\{\s*\[native code\]\s*\}$/u;

/** The browser's, and no script's that has taken its place. */
export function isNative(method: unknown): boolean {
  return typeof method === 'function' && NATIVE.test(Function.prototype.toString.call(method));
}

/** @param method what tells the browser's from a page's */
function intact<Name extends keyof Global>(name: Name, method: string): Global[Name] {
  const found: unknown = globalThis[name];
  return typeof found === 'function' && method in Object(found.prototype) ? globalThis[name] : fromFrame(name);
}

function visible<Name extends keyof Global>(name: Name): Global[Name] {
  return globalThis[name];
}

export const Map = /* @__PURE__ */ intact('Map', 'get');
export const Set = /* @__PURE__ */ intact('Set', 'has');
export const WeakMap = /* @__PURE__ */ intact('WeakMap', 'get');
export const WeakRef = /* @__PURE__ */ intact('WeakRef', 'deref');
export const WeakSet = /* @__PURE__ */ intact('WeakSet', 'has');
export const Promise = /* @__PURE__ */ intact('Promise', 'then');
export const URL = /* @__PURE__ */ intact('URL', 'href');
export const TextEncoder = /* @__PURE__ */ intact('TextEncoder', 'encode');
/** LWC's does not tell of what is in its imitated shadow roots. */
export const MutationObserver = /* @__PURE__ */ (() =>
  isNative(globalThis.MutationObserver) ? globalThis.MutationObserver : fromFrame('MutationObserver'))();
export const ResizeObserver = /* @__PURE__ */ intact('ResizeObserver', 'observe');
export const Event = /* @__PURE__ */ intact('Event', 'preventDefault');
export const EventTarget = /* @__PURE__ */ intact('EventTarget', 'dispatchEvent');
export const Node = /* @__PURE__ */ intact('Node', 'getRootNode');
export const Element = /* @__PURE__ */ intact('Element', 'attachShadow');
export const Document = /* @__PURE__ */ intact('Document', 'elementFromPoint');
export const ShadowRoot = /* @__PURE__ */ intact('ShadowRoot', 'host');
/** A frame's does not work when the frame is gone: then there is none, as where a policy forbids it. */
export const Worker = /* @__PURE__ */ intact('Worker', 'postMessage');

// Only ever hidden by a script's `const`: the window has them still.
export const AbortController = /* @__PURE__ */ visible('AbortController');
export const AbortSignal = /* @__PURE__ */ visible('AbortSignal');
export const Blob = /* @__PURE__ */ visible('Blob');
export const BroadcastChannel = /* @__PURE__ */ visible('BroadcastChannel');
export const CSS = /* @__PURE__ */ visible('CSS');
export const CompressionStream = /* @__PURE__ */ visible('CompressionStream');
export const CSSStyleSheet = /* @__PURE__ */ visible('CSSStyleSheet');
export const DOMRect = /* @__PURE__ */ visible('DOMRect');
export const OffscreenCanvas = /* @__PURE__ */ visible('OffscreenCanvas');
export const Response = /* @__PURE__ */ visible('Response');
export const StaticRange = /* @__PURE__ */ visible('StaticRange');
export const TextDecoder = /* @__PURE__ */ visible('TextDecoder');
export const WebSocket = /* @__PURE__ */ visible('WebSocket');
export const crypto = /* @__PURE__ */ visible('crypto');
export const fetch = /* @__PURE__ */ visible('fetch');
export const history = /* @__PURE__ */ visible('history');
export const navigator = /* @__PURE__ */ visible('navigator');
export const performance = /* @__PURE__ */ visible('performance');

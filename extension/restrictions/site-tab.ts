import { signal, type ReadonlySignal } from '@preact/signals';
import type { Rule } from '../../protocol/rules.ts';
import { PICKER_PORT, parseFromPicker, type PageReport, type Picked, type ToPicker } from './picker-message.ts';

const PICKER_FILE = 'restrictions/picker.js';

/** `asking`: Chrome asks whether we may look at the site; `refused`: we may not. `elsewhere`: the tab shows a page we may not look at. */
export type SiteTabState = 'closed' | 'asking' | 'opening' | 'open' | 'elsewhere' | 'refused';

/** The tab in which the administrator points at elements of the site. */
export interface SiteTab {
  readonly state: ReadonlySignal<SiteTabState>;
  /** What the picker says about the page; `null` while there is none. */
  readonly page: ReadonlySignal<PageReport | null>;
  /** Opens the address and puts the picker there, now and after each page load. To be called in a click. */
  open(address: URL): Promise<void>;
  /** Brings an element into view, to be decided about. */
  choose(selector: string): Promise<void>;
  setRules(rules: readonly Rule[]): void;
  dispose(): void;
}

export function createSiteTab(onPicked: (picked: Picked) => void): SiteTab {
  const state = signal<SiteTabState>('closed');
  const page = signal<PageReport | null>(null);
  let tabId: number | null = null;
  let port: chrome.runtime.Port | null = null;
  let rules: readonly Rule[] = [];

  chrome.tabs.onUpdated.addListener(onUpdated);
  chrome.tabs.onRemoved.addListener(onRemoved);

  function onUpdated(id: number, { status }: { status?: string }): void {
    if (id !== tabId) return;
    if (status === 'loading') disconnect('opening');
    if (status === 'complete') void inject(id);
  }

  function onRemoved(id: number): void {
    if (id !== tabId) return;
    tabId = null;
    disconnect('closed');
  }

  async function inject(id: number): Promise<void> {
    try {
      await chrome.scripting.executeScript({ target: { tabId: id }, files: [PICKER_FILE] });
    } catch {
      if (id === tabId) disconnect('elsewhere');
      return;
    }
    if (id === tabId) connect(id);
  }

  function connect(id: number): void {
    disconnect('opening');
    const opened = chrome.tabs.connect(id, { name: PICKER_PORT, frameId: 0 });
    port = opened;
    opened.onMessage.addListener((raw: unknown) => {
      const message = parseFromPicker(raw);
      if (message === null || port !== opened) return;
      if (message.type === 'page') {
        page.value = message;
        state.value = 'open';
        return;
      }
      if (message.type === 'picked') onPicked(message);
      if (message.type === 'back' || message.action === null) void showEditor();
    });
    opened.onDisconnect.addListener(() => {
      if (port === opened) disconnect('opening');
    });
    say({ type: 'rules', rules });
  }

  function disconnect(next: SiteTabState): void {
    port?.disconnect();
    port = null;
    page.value = null;
    state.value = next;
  }

  function say(message: ToPicker): void {
    port?.postMessage(message);
  }

  return {
    state,
    page,
    async open(address) {
      // Asked for here and for this one site only; whoever has allowed it once is not asked again.
      const origins = [`${address.protocol}//${address.hostname}/*`];
      if (state.value === 'closed' || state.value === 'refused') state.value = 'asking';
      const isAllowed = await chrome.permissions.request({ origins }).catch(() => false);
      if (!isAllowed) {
        state.value = 'refused';
        return;
      }
      disconnect('opening');
      const url = address.href;
      const tab =
        tabId === null ? await chrome.tabs.create({ url }) : await chrome.tabs.update(tabId, { url, active: true });
      tabId = tab?.id ?? null;
      // It may have been faster than the listener.
      if (tabId !== null && (await chrome.tabs.get(tabId)).status === 'complete') await inject(tabId);
    },
    async choose(selector) {
      if (tabId === null) return;
      say({ type: 'choose', selector });
      const tab = await chrome.tabs.update(tabId, { active: true });
      if (tab) await chrome.windows.update(tab.windowId, { focused: true });
    },
    setRules(next) {
      rules = next;
      say({ type: 'rules', rules });
    },
    dispose() {
      chrome.tabs.onUpdated.removeListener(onUpdated);
      chrome.tabs.onRemoved.removeListener(onRemoved);
      tabId = null;
      disconnect('closed');
    },
  };
}

async function showEditor(): Promise<void> {
  const tab = await chrome.tabs.getCurrent();
  if (tab?.id === undefined) return;
  await chrome.tabs.update(tab.id, { active: true });
  await chrome.windows.update(tab.windowId, { focused: true });
}

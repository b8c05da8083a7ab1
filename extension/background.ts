/** The worker: opens the console, or brings it to the front. It holds no state, so Chrome may stop it at any moment. */
import { isRecord } from './shape.ts';

const CONSOLE_PAGE = 'console/console.html';

chrome.runtime.onMessage.addListener((message: unknown, sender, answer) => {
  if (sender.id !== chrome.runtime.id || !isRecord(message) || message['type'] !== 'open-console') return false;
  void openConsole().finally(() => answer(true));
  // Tells Chrome to keep the worker until the answer.
  return true;
});

async function openConsole(): Promise<void> {
  const url = chrome.runtime.getURL(CONSOLE_PAGE);
  const pages = await chrome.runtime.getContexts({ contextTypes: ['TAB'] });
  const open = pages.find((page) => page.documentUrl === url);
  if (open === undefined) {
    await chrome.tabs.create({ url });
    return;
  }
  await chrome.tabs.update(open.tabId, { active: true });
  await chrome.windows.update(open.windowId, { focused: true });
}

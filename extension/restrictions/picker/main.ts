/** Injected into the site's tab when an administrator opens it from the editor; gone when the editor is. */
import { readRuleSet, RULES_FORMAT } from '../../../protocol/rules.ts';
import { isRecord, isText } from '../../shape.ts';
import { PICKER_PORT } from '../picker-message.ts';
import { createPicker, type Picker } from './picker.ts';

/** Kept in the extension's own world of the page: a second injection takes the place of the first. */
const world = globalThis as { endAlongsidePicker?: () => void };
world.endAlongsidePicker?.();

let picker: Picker | null = null;

function onConnect(port: chrome.runtime.Port): void {
  if (port.name !== PICKER_PORT || port.sender?.id !== chrome.runtime.id) return;
  picker?.stop();
  const started = createPicker((message) => port.postMessage(message));
  picker = started;
  port.onMessage.addListener((message: unknown) => {
    if (!isRecord(message)) return;
    if (message['type'] === 'choose' && isText(message['selector'])) started.choose(message['selector']);
    if (message['type'] !== 'rules') return;
    const read = readRuleSet({ format: RULES_FORMAT, version: 0, rules: message['rules'], patterns: [] });
    started.setRules(read.rules.rules);
  });
  port.onDisconnect.addListener(() => {
    started.stop();
    if (picker === started) picker = null;
  });
}

chrome.runtime.onConnect.addListener(onConnect);
world.endAlongsidePicker = () => {
  chrome.runtime.onConnect.removeListener(onConnect);
  picker?.stop();
};

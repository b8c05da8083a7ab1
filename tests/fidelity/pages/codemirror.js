import { javascript } from '@codemirror/lang-javascript';
import { basicSetup, EditorView } from 'codemirror';

const lines = Array.from(
  { length: 300 },
  (_, line) => `  sum += values[${line}] * "weight ${line}".length; // ${line}`,
);
const editor = new EditorView({
  doc: ['export function sum(values) {', '  let sum = 0;', ...lines, '  return sum;', '}'].join('\n'),
  extensions: [basicSetup, javascript(), EditorView.theme({ '&': { height: '480px' } })],
  parent: document.querySelector('#editor'),
});
editor.scrollDOM.scrollTop = 0;

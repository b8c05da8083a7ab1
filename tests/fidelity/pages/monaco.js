import * as monaco from 'monaco-editor';
// oxlint-disable-next-line import/default -- Vite makes it
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';

self.MonacoEnvironment = { getWorker: () => new EditorWorker() };
const lines = Array.from(
  { length: 200 },
  (_, line) => `  total += weights[${line}] * 0x${line.toString(16)}; // ${line}`,
);
monaco.editor.create(document.querySelector('#editor'), {
  value: ['function sum(weights) {', '  let total = 0;', ...lines, '  return total;', '}'].join('\n'),
  language: 'javascript',
  automaticLayout: true,
  cursorBlinking: 'solid',
});

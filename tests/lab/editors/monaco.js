import * as monaco from 'monaco-editor';

/** Nothing is asked of it here but to be there. */
const worker = URL.createObjectURL(new Blob(['']));
self.MonacoEnvironment = { getWorker: () => new Worker(worker) };

let last = null;

export function mountMonaco(root) {
  last?.dispose();
  root.style.height = '200px';
  last = monaco.editor.create(root, { language: 'plaintext', quickSuggestions: false, minimap: { enabled: false } });
  const editor = last;
  return () => editor.getValue();
}

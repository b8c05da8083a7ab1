import '../write-mode.ts';
import { basicSetup, EditorView as CodeMirror } from 'codemirror';
import { registerPlainText } from '@lexical/plain-text';
import { $getRoot, createEditor } from 'lexical';
import { baseKeymap } from 'prosemirror-commands';
import { keymap } from 'prosemirror-keymap';
import { schema } from 'prosemirror-schema-basic';
import { EditorState } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import Quill from 'quill';
import { mountMonaco } from './monaco.js';

/** Editors that keep a document of their own. Each says its text; what a person clicks at has the id `editor`. */
const MOUNTS = {
  lexical(root: HTMLElement): () => string {
    root.innerHTML = '<div contenteditable="true"></div>';
    const editor = createEditor({
      onError(error) {
        throw error;
      },
    });
    editor.setRootElement(root.firstElementChild as HTMLElement);
    registerPlainText(editor);
    return () => editor.getEditorState().read(() => $getRoot().getTextContent());
  },
  prosemirror(root: HTMLElement): () => string {
    const state = EditorState.create({ schema, plugins: [keymap(baseKeymap)] });
    const view = new EditorView(root, { state });
    return () => view.state.doc.textBetween(0, view.state.doc.content.size, '\n');
  },
  quill(root: HTMLElement): () => string {
    const quill = new Quill(root);
    return () => quill.getText().replace(/\n$/u, '');
  },
  codemirror(root: HTMLElement): () => string {
    const view = new CodeMirror({ parent: root, extensions: [basicSetup] });
    return () => view.state.doc.toString();
  },
  monaco: mountMonaco,
};

export type Editor = keyof typeof MOUNTS;

let read = (): string => '';

const editors = {
  show(name: Editor): void {
    (window as unknown as { lab: { show(html: string): void } }).lab.show(
      '<style>[contenteditable]{white-space:pre-wrap;min-height:40px}</style><div id="root"></div>',
    );
    const root = document.querySelector<HTMLElement>('#root')!;
    read = MOUNTS[name](root);
    root.querySelector('.view-lines, [contenteditable=true]')!.id = 'editor';
  },
  text: () => read(),
};

export type EditorLab = typeof editors;

Object.assign(window, { editors });

import { render } from 'preact';
import { EditorView } from './editor-view.tsx';
import { createRulesEditor } from './editor.ts';

const place = document.getElementById('restrictions');
if (place === null) throw new Error('restrictions.html has no place for the editor.');

const editor = createRulesEditor();
addEventListener('pagehide', () => editor.dispose());
render(<EditorView editor={editor} />, place);

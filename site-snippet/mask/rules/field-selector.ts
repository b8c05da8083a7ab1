import { UNTYPED } from '../../../protocol/typed-input.ts';

/** Form fields in which people type or choose. */
export const FORM_FIELD = `input:not(${UNTYPED.map((type) => `[type=${type} i]`).join()}),textarea,select`;
/** What people type in that is none: pages make fields of their own. */
const EDITOR = '[contenteditable]:not([contenteditable=false i]),[role~=textbox i]';
export const A_FIELD = `${FORM_FIELD},${EDITOR}`;

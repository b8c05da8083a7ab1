import type { CompatMode } from '../../../../protocol/page-message.ts';

/** Only a parsed doctype sets the mode (HTML standard, "the initial insertion mode"). */
const DOCTYPES: Record<CompatMode, string> = {
  standards: '<!doctype html>',
  'limited-quirks':
    '<!doctype html public "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
  quirks: '',
};

/** An empty document of the given mode in place of the one there is. It takes all listeners of the window with it. */
export function renewDocument(document: Document, mode: CompatMode): void {
  document.open();
  document.write(DOCTYPES[mode]);
  document.close();
}

/** The picker over any page: nothing here may depend on the page's own styles. */
export const LAYER_STYLES = `
:host {
  all: initial;
  position: fixed;
  inset: 0;
  width: auto;
  height: auto;
  overflow: hidden;
  background: none;
  pointer-events: none;
  color-scheme: dark;
  font: 13px/1.4 system-ui, sans-serif;
}
[hidden] { display: none !important; }
.shield { position: fixed; inset: 0; pointer-events: auto; cursor: crosshair; outline: none; }
.box, .outline { position: fixed; box-sizing: border-box; overflow: hidden; }
.outline { border: 2px solid #2f5fd0; border-radius: 3px; background: rgb(47 95 208 / 12%); }
.outline[data-chosen] { border-width: 3px; background: rgb(47 95 208 / 22%); }
.box[data-look='mask'] { border: 2px solid #7c3aed; background: #fff; color: #333; padding: 0 4px; white-space: nowrap; }
.box[data-look='mask'][data-picture] { background: #c9cdd4; }
.box[data-look='restrict'] { border: 2px solid #15803d; }
.box[data-look='hide'] { border: 1px solid #9aa1ad; background: #d9dce1; }
.note {
  position: fixed;
  max-width: min(480px, 90vw);
  padding: 4px 8px;
  border-radius: 5px;
  background: #171a21;
  color: #fff;
  font-size: 12px;
  overflow-wrap: anywhere;
}
.note code { font: 12px ui-monospace, monospace; }
.bar {
  position: fixed;
  left: 50%;
  bottom: 16px;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;
  width: max-content;
  max-width: calc(100vw - 32px);
  box-sizing: border-box;
  padding: 8px 10px 8px 14px;
  border-radius: 12px;
  background: #171a21;
  color: #e8eaee;
  box-shadow: 0 8px 30px rgb(0 0 0 / 35%);
  pointer-events: auto;
  transform: translateX(-50%);
}
.words { max-width: 420px; overflow-wrap: anywhere; }
.words code { font: 12px ui-monospace, monospace; color: #a9c4ff; }
button {
  height: 28px;
  padding: 0 10px;
  border: 1px solid #3d434f;
  border-radius: 7px;
  background: #262a33;
  color: inherit;
  font: inherit;
}
button:hover { background: #313642; }
button[aria-pressed='true'] { border-color: #6f9bff; background: #1f2b47; }
button:focus-visible { outline: 2px solid #6f9bff; outline-offset: 1px; }
button[data-action='mask'] { border-color: #b794ff; }
button[data-action='restrict'] { border-color: #4ade80; }
`;

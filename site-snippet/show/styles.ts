/**
 * The widget's looks, for a constructed style sheet. The loader's sheet has reset the host; the page's own rules do not
 * reach further in. Colours come from the browser's scheme, sizes hold on a phone 320 pixels wide.
 */
export const STYLES = `
.widget {
  --ink: #1d2430;
  --quiet: #5a6473;
  --paper: #fff;
  --line: #c9d0da;
  --accent: #1b4f8f;
  --on-accent: #fff;
  --danger: #b3261e;
  --hover: #eef2f7;
  --shadow: 0 1px 2px #0002, 0 6px 24px #0003;
  /* What is out of sight, and the rest (in-sight.ts). */
  --above: 0px;
  --below: 0px;
  --left: 0px;
  --right: 0px;
  --width: 100vw;
  --height: 100dvh;
  color: var(--ink);
  font: 400 15px/1.45 system-ui, sans-serif;
  text-align: start;
  color-scheme: light;
}
@media (prefers-color-scheme: dark) {
  .widget {
    --ink: #e9ecf2;
    --quiet: #a9b2c0;
    --paper: #1f242c;
    --line: #454d5a;
    --accent: #9cc4ff;
    --on-accent: #0d2340;
    --danger: #ffb4ab;
    --hover: #2c333e;
    color-scheme: dark;
  }
}
.widget * {
  box-sizing: border-box;
}
.widget [hidden] {
  display: none;
}
h2, p {
  margin: 0;
}
h2 {
  font-size: 18px;
  font-weight: 600;
  line-height: 1.3;
}
b {
  font-weight: 600;
}
.quiet {
  color: var(--quiet);
  font-size: 13px;
}
button, a.action {
  min-height: 36px;
  margin: 0;
  padding: 6px 16px;
  border: 1px solid var(--line);
  border-radius: 8px;
  color: var(--ink);
  background: var(--paper);
  font: inherit;
  font-weight: 500;
  text-align: center;
  text-decoration: none;
  cursor: pointer;
}
button:hover, a.action:hover {
  background: var(--hover);
}
button.primary {
  border-color: var(--accent);
  color: var(--on-accent);
  background: var(--accent);
}
button.primary:hover {
  filter: brightness(1.12);
}
button:disabled {
  opacity: 0.6;
  cursor: default;
}
:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}
.modal, .card, .bar, .notice {
  border: 1px solid var(--line);
  border-radius: 14px;
  color: var(--ink);
  background: var(--paper);
  box-shadow: var(--shadow);
}
.modal, .card, .bar, .stack, .palette {
  zoom: var(--zoom, 1);
}
.digits {
  font-variant-numeric: tabular-nums;
  letter-spacing: 0.03em;
  user-select: all;
}
.bar {
  position: fixed;
  left: calc(50% + (var(--left) - var(--right)) / 2);
  bottom: calc(16px + var(--below));
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 6px 8px;
  width: max-content;
  max-width: calc(var(--width) - 16px);
  padding: 8px 8px 8px 16px;
  transform: translateX(-50%);
}
.bar.top {
  top: calc(16px + var(--above));
  bottom: auto;
}
.bar.small {
  padding-block: 4px;
}
.bar.writing {
  border-color: var(--accent);
  box-shadow: 0 0 0 1px var(--accent), var(--shadow);
}
.bar .facts {
  flex: 0 1 auto;
  min-width: 0;
  margin-inline: 4px 8px;
  line-height: 1.35;
  overflow-wrap: anywhere;
}
.bar .dot {
  flex: none;
  width: 10px;
  height: 10px;
  border-radius: 50%;
  background: #2e9e5b;
  forced-color-adjust: none;
}
.bar[data-connection='connecting'] .dot, .bar[data-connection='poor'] .dot, .bar[data-connection='quiet'] .dot {
  background: #d48a00;
}
.bar[data-connection='lost'] .dot {
  background: #d0392f;
}
.bar .digits {
  color: var(--ink);
  font-weight: 600;
  white-space: nowrap;
}
.bar.small .quiet, .bar.small .draw, .bar.small:not(.writing) .switch {
  display: none;
}
.bar.small[data-connection='lost'] .quiet {
  display: block;
}
.bar .icons {
  display: flex;
  gap: 4px;
}
button.icon {
  width: 36px;
  padding: 0;
  border-color: transparent;
  color: var(--quiet);
  font-size: 18px;
  line-height: 1;
}
button[aria-pressed='true'] {
  border-color: var(--accent);
  box-shadow: inset 0 0 0 1px var(--accent);
}
button.draw {
  padding-inline: 10px;
}
button.exit {
  border-color: var(--danger);
  color: var(--danger);
}
button.switch {
  display: inline-flex;
  align-items: center;
  gap: 9px;
  padding: 6px 8px;
  border-color: transparent;
}
.switch::after {
  content: '';
  width: 36px;
  height: 20px;
  border: 2px solid var(--quiet);
  border-radius: 10px;
  background: radial-gradient(circle at 8px 50%, var(--quiet) 5px, transparent 5.5px);
  forced-color-adjust: none;
}
.switch[aria-checked='true']::after {
  border-color: var(--accent);
  background: radial-gradient(circle at 24px 50%, var(--on-accent) 5px, transparent 5.5px) var(--accent);
}
.stack {
  position: fixed;
  top: calc(16px + var(--above));
  right: calc(16px + var(--right));
  display: flex;
  flex-direction: column;
  gap: 8px;
  width: min(360px, calc(var(--width) - 32px));
  pointer-events: none;
}
.stack.bottom {
  top: auto;
  bottom: calc(16px + var(--below));
}
.notice {
  display: flex;
  align-items: flex-start;
  gap: 8px;
  padding: 8px 8px 8px 16px;
  border-inline-start: 4px solid var(--accent);
  pointer-events: auto;
}
.notice.error {
  border-inline-start-color: var(--danger);
}
.notice .words {
  flex: 1;
  min-width: 0;
  padding-block: 6px;
  overflow-wrap: anywhere;
}
.spoken, .bar.small .long {
  position: fixed;
  overflow: hidden;
  clip-path: inset(50%);
  width: 1px;
  height: 1px;
  white-space: nowrap;
}
/* Wider or narrower when the page is zoomed. */
.spoken {
  inset-inline: 0;
  width: auto;
}
@media (max-width: 900px) {
  .bar {
    gap: 6px;
    font-size: 14px;
  }
  .bar button {
    padding-inline: 8px;
  }
  .bar .facts {
    flex: 1 1 220px;
  }
  .bar button.icon {
    width: 30px;
  }
  .bar .long {
    position: fixed;
    clip-path: inset(50%);
  }
}
@media (pointer: coarse) {
  button, a.action {
    min-height: 44px;
  }
  button.icon {
    width: 44px;
  }
}
@media (max-width: 480px) {
  .bar {
    bottom: calc(8px + var(--below));
    gap: 4px 10px;
  }
  .bar:not(.small) {
    width: calc(var(--width) - 16px);
  }
  .bar.top {
    top: calc(8px + var(--above));
  }
  .bar .facts {
    flex: 1 1 calc(100% - 36px);
  }
  .bar.small:not(.writing) .facts {
    flex-basis: 0;
  }
  .bar {
    padding: 8px 12px;
  }
  .bar .switch {
    padding-inline: 0;
  }
  .bar .exit {
    margin-inline-start: auto;
  }
  .stack {
    right: calc(8px + var(--right));
    width: calc(var(--width) - 16px);
  }
}
@media (forced-colors: active) {
  .switch::after {
    border-color: ButtonText;
    background: radial-gradient(circle at 8px 50%, ButtonText 5px, transparent 5.5px);
  }
  .switch[aria-checked='true']::after {
    border-color: Highlight;
    background: radial-gradient(circle at 24px 50%, HighlightText 5px, transparent 5.5px) Highlight;
  }
  :focus-visible {
    outline-color: Highlight;
  }
}`;

/** What the questions and the card with the session ID add to the widget's looks. */
export const DIALOG_STYLES = `
.card:focus {
  outline: none;
}
.modal {
  inset: var(--above) var(--right) var(--below) var(--left);
  width: min(420px, calc(var(--width) - 24px));
  max-height: calc(var(--height) - 24px);
  overflow: auto;
  margin: auto;
  padding: 22px 24px;
}
.modal::backdrop {
  background: #10182066;
}
.modal > p, .card > p {
  margin-top: 10px;
}
.actions {
  display: flex;
  flex-wrap: wrap;
  justify-content: flex-end;
  gap: 10px;
  margin-top: 20px;
}
.actions > * {
  min-width: 92px;
}
.card {
  position: fixed;
  left: calc(16px + var(--left));
  bottom: calc(16px + var(--below));
  width: min(360px, calc(var(--width) - 16px));
  max-height: calc(var(--height) - 16px);
  overflow: auto;
  padding: 20px 22px;
}
.card .digits {
  display: block;
  margin-top: 12px;
  padding: 10px 4px;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--hover);
  font-size: 34px;
  font-weight: 600;
  text-align: center;
  white-space: nowrap;
}
@media (max-width: 480px) {
  .card {
    left: calc(8px + var(--left));
    bottom: calc(8px + var(--below));
  }
  .card .digits {
    font-size: 30px;
  }
}
@media (max-height: 360px) {
  .card .quiet {
    display: none;
  }
}`;

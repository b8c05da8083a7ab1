/** The agent's pointer, drawing and comments; the colours of the two sides are those of their pointers. */
export const GUIDANCE_STYLES = `
.pointer, .circle {
  position: fixed;
  top: 0;
  left: 0;
  pointer-events: none;
  forced-color-adjust: none;
}
.pointer {
  transition: translate 80ms linear;
}
.pointer .arrow {
  position: absolute;
  filter: drop-shadow(0 0 1px #fff) drop-shadow(0 0 1px #fff) drop-shadow(0 1px 2px #0006);
}
.pointer .arrow::before {
  content: '';
  display: block;
  width: 16px;
  height: 22px;
  background: #c2410c;
  clip-path: polygon(0 0, 0 82%, 25% 62%, 42% 100%, 62% 92%, 45% 56%, 80% 56%);
}
.pointer .name {
  position: absolute;
  top: 20px;
  left: 12px;
  overflow: hidden;
  max-width: 160px;
  padding: 1px 8px;
  border-radius: 9px;
  color: #fff;
  background: #c2410c;
  font-size: 12px;
  font-weight: 600;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.pointer.outside {
  opacity: 0.85;
}
.pointer.outside .arrow {
  color: #c2410c;
  font-size: 22px;
  line-height: 1;
  transform: translate(-50%, -50%);
}
.pointer.outside .arrow::before {
  content: none;
}
.pointer.outside .name {
  top: 0;
  transform: translate(-50%, 12px);
}
.circle::before {
  content: '';
  position: absolute;
  width: 48px;
  height: 48px;
  margin: -24px;
  border: 4px solid #e11d2a;
  border-radius: 50%;
  animation: circle 900ms ease-out both;
}
@keyframes circle {
  from {
    opacity: 1;
    transform: scale(0.25);
  }
  60% {
    opacity: 1;
  }
  to {
    opacity: 0;
    transform: scale(1.1);
  }
}
.drawing {
  position: fixed;
  inset: 0;
  width: 100%;
  height: 100%;
  overflow: visible;
  pointer-events: none;
  forced-color-adjust: none;
}
.drawing polyline {
  fill: none;
  stroke: #c2410c;
  stroke-width: 4;
  stroke-linecap: round;
  stroke-linejoin: round;
  transition: opacity 600ms;
}
.drawing .customer {
  stroke: #1d4ed8;
}
.drawing .fading {
  opacity: 0;
}
.comment, .palette, .writing-comment {
  border: 1px solid var(--line);
  border-radius: 10px;
  color: var(--ink);
  background: var(--paper);
  box-shadow: var(--shadow);
}
.comment {
  position: fixed;
  top: 0;
  left: 0;
  display: flex;
  align-items: flex-start;
  gap: 6px;
  max-width: min(260px, 80vw);
  padding: 6px 4px 6px 10px;
  border-left: 4px solid #c2410c;
  font-size: 14px;
  overflow-wrap: anywhere;
  pointer-events: auto;
}
.comment.customer {
  border-left-color: #1d4ed8;
}
.comment .icon {
  min-height: 24px;
  width: 24px;
}
.pen-sheet {
  position: fixed;
  inset: 0;
  cursor: crosshair;
  touch-action: none;
  pointer-events: auto;
}
.palette {
  position: fixed;
  top: calc(16px + var(--above));
  left: calc(50% + (var(--left) - var(--right)) / 2);
  display: flex;
  gap: 4px;
  padding: 6px;
  transform: translateX(-50%);
}
.bar.top ~ .palette {
  top: auto;
  bottom: calc(16px + var(--below));
}
.writing-comment {
  position: fixed;
  top: 0;
  left: 0;
  display: flex;
  gap: 4px;
  padding: 4px;
}
.writing-comment input {
  width: min(200px, 50vw);
  padding: 4px 8px;
  border: 1px solid var(--line);
  border-radius: 6px;
  color: var(--ink);
  background: var(--paper);
  font: inherit;
}
@media (prefers-reduced-motion: reduce) {
  .pointer, .drawing polyline {
    transition: none;
  }
  .circle::before {
    animation: none;
  }
}`;

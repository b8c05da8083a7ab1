/**
 * @param {string} title
 * @param {string} body
 */
export function page(title, body) {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width">
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; color: #222; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
.grid { display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem; }
.card, .panel, .field { border: 1px solid #ddd; border-radius: 8px; padding: 1rem; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.button:hover { background: #06c; color: #fff; }
img { max-width: 100%; height: auto; }
</style></head>
<body><header><a href="/">Company</a><nav><a href="/shop">Shop</a> <a href="/help">Help</a></nav></header>
${body}
<footer><p>© Company</p></footer></body></html>`;
}

/**
 * @param {number} count
 * @param {(index: number) => string} make
 */
export function times(count, make) {
  let html = '';
  for (let index = 0; index < count; index += 1) html += make(index);
  return html;
}

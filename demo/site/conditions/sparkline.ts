const svg = 'http://www.w3.org/2000/svg';
const width = 120;
const height = 32;

/** An empty sparkline, to be filled by `drawSparkline`. */
export function createSparkline(): SVGSVGElement {
  const picture = document.createElementNS(svg, 'svg');
  picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
  picture.setAttribute('class', 'sparkline');
  picture.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(svg, 'polyline');
  const dot = document.createElementNS(svg, 'circle');
  dot.setAttribute('r', '3');
  picture.append(line, dot);
  return picture;
}

/** Draws values from left to right, the lowest at the bottom. */
export function drawSparkline(picture: SVGSVGElement, values: readonly number[]): void {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const points = values.map((value, index) => {
    const x = 3 + (index / Math.max(1, values.length - 1)) * (width - 7);
    const y = height - 4 - ((value - low) / span) * (height - 8);
    return [x.toFixed(1), y.toFixed(1)] as const;
  });
  const last = points.at(-1);
  picture.querySelector('polyline')?.setAttribute('points', points.map((point) => point.join(',')).join(' '));
  const dot = picture.querySelector('circle');
  if (dot && last) {
    dot.setAttribute('cx', last[0]);
    dot.setAttribute('cy', last[1]);
  }
}

/** What one side draws over the page for the other, both ways alike. */
import { MAX_POINTS_PER_STROKE_PART } from './limits.ts';
import type { NodeId } from './node-id.ts';
import type { Reader } from './reader.ts';
import { WireError } from './wire-error.ts';
import type { Writer } from './writer.ts';

/** A piece of a line, as it is drawn. A number that was not used before begins a new one. */
export interface StrokePart {
  readonly stroke: number;
  /** The element the whole line is anchored to: the one under its first point. */
  readonly node: NodeId;
  readonly points: readonly StrokePoint[];
}

/** In boxes of the element, from its upper left corner: a line may leave the box it began in. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
}

/** Steps of 1/10,000 of a box, as in an anchor; a thousand boxes away is nowhere anybody draws. */
const STEPS = 10_000;
const MAX_STEPS = 1_000 * STEPS;

export function writeStrokePart(writer: Writer, { stroke, node, points }: StrokePart): void {
  writer.varint(stroke);
  writer.varint(node);
  writer.varint(points.length);
  for (const { x, y } of points) {
    writer.signed(steps(x));
    writer.signed(steps(y));
  }
}

/** @throws WireError when it is malformed */
export function readStrokePart(reader: Reader): StrokePart {
  const stroke = reader.varint(Number.MAX_SAFE_INTEGER);
  const node = reader.varint(Number.MAX_SAFE_INTEGER) as NodeId;
  const points: StrokePoint[] = [];
  for (let left = reader.varint(MAX_POINTS_PER_STROKE_PART); left > 0; left -= 1) {
    points.push({ x: boxes(reader), y: boxes(reader) });
  }
  return { stroke, node, points };
}

function steps(inBoxes: number): number {
  return Math.round(Math.min(MAX_STEPS, Math.max(-MAX_STEPS, inBoxes * STEPS || 0)));
}

function boxes(reader: Reader): number {
  const read = reader.signed();
  if (Math.abs(read) > MAX_STEPS) throw new WireError('number_too_large');
  return read / STEPS;
}

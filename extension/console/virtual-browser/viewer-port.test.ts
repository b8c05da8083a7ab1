import { describe, expect, test } from 'vitest';
import { writeAgentMessage } from '../../../protocol/command.ts';
import type { NodeId } from '../../../protocol/node-id.ts';
import { parseViewerSays } from './viewer-port.ts';

describe('what the viewer says', () => {
  test('has its texts cleaned and its sizes held to the limits', () => {
    expect(parseViewerSays({ kind: 'page', url: 'https://a\u202E/', title: 'T\nT', width: 1e9, height: 0.2 })).toEqual({
      kind: 'page',
      url: 'https://a /',
      title: 'T T',
      width: 16_384,
      height: 1,
    });
  });

  test('tells what the customer sees, or that they see it all', () => {
    const sight = { x: -12, y: 30, width: 195, height: 422 };
    expect(parseViewerSays({ kind: 'sight', sight })).toEqual({ kind: 'sight', sight });
    expect(parseViewerSays({ kind: 'sight', sight: null })).toEqual({ kind: 'sight', sight: null });
  });

  test.each([
    null,
    'ready',
    { kind: '__proto__' },
    { kind: 'page', url: 'x', title: 'x', width: NaN, height: 1 },
    { kind: 'viewport', width: Infinity * -1, height: 1 },
    { kind: 'placed', what: 'pointer', at: { x: Infinity, y: 0 } },
    { kind: 'placed', what: 'click', at: null },
    { kind: 'sight', sight: { x: 0, y: NaN, width: 1, height: 1 } },
    { kind: 'sight', sight: { x: 0, y: 0, width: -1, height: 1 } },
    { kind: 'sight' },
    { kind: 'alert', mark: 256, at: { x: 0, y: 0 } },
    { kind: 'alert', mark: 'masked', at: { x: 0, y: 0 } },
    { kind: 'alert', mark: 1, at: null },
    { kind: 'agent-message', bytes: new Uint8Array([255, 255, 255]) },
    { kind: 'agent-message', bytes: 'x' },
    { kind: 'not-shown', items: 'x' },
  ])('is dropped when it is %j', (data) => {
    expect(parseViewerSays(data)).toBeNull();
  });

  test('passes on what a viewer may say to the customer', () => {
    const message = { type: 'point', at: { node: 7 as NodeId, x: 0.5, y: 0.25 } } as const;
    expect(parseViewerSays({ kind: 'agent-message', bytes: writeAgentMessage(message) })).toEqual({
      kind: 'agent-message',
      message,
    });
  });

  test('does not pass on what only the console may say', () => {
    for (const message of [{ type: 'ask-write' }, { type: 'end-write' }, { type: 'hello', version: 1 }] as const) {
      expect(parseViewerSays({ kind: 'agent-message', bytes: writeAgentMessage(message) })).toBeNull();
    }
  });

  test('leaves out what it cannot read of the list of things not shown', () => {
    const items = [{ name: 'a video', reason: 'unsupported' }, { name: 'x', reason: 'because' }, 3];
    expect(parseViewerSays({ kind: 'not-shown', items })).toEqual({
      kind: 'not-shown',
      items: [{ name: 'a video', reason: 'unsupported' }],
    });
  });
});

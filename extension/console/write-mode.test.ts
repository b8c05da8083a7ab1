import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWriteMode } from './write-mode.ts';

describe('Write mode on the agent’s side', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function start() {
    const said: string[] = [];
    const write = createWriteMode((type) => said.push(type) > 0, 30_000);
    return { said, write };
  }

  test('is asked for, and on only when the customer allows it', () => {
    const { said, write } = start();
    write.toggle();
    expect(said).toEqual(['ask-write']);
    expect(write.state.value).toBe('asking');
    write.onMode('write', 2);
    expect(write.state.value).toBe('on');
    expect(write.epoch.value).toBe(2);
  });

  test.each(['denied', 'timeout', 'not-offered'] as const)('stays off and says why when the answer is %s', (answer) => {
    const { write } = start();
    write.toggle();
    write.onAnswer(answer);
    expect(write.state.value).toBe('off');
    expect(write.note.value).toBe(answer);
  });

  test('stays off by itself when no answer comes at all', () => {
    const { write } = start();
    write.toggle();
    vi.advanceTimersByTime(33_000);
    expect(write.state.value).toBe('off');
    expect(write.note.value).toBe('timeout');
  });

  test('ends at once with the same switch', () => {
    const { said, write } = start();
    write.onMode('write', 2);
    write.toggle();
    expect(said).toEqual(['end-write']);
    expect(write.state.value).toBe('off');
    write.onMode('pointer', 3);
    expect(write.note.value).toBeNull();
  });

  test('ends when the customer ends it, and says so', () => {
    const { write } = start();
    write.onMode('write', 2);
    write.onMode('pointer', 3);
    expect(write.state.value).toBe('off');
    expect(write.note.value).toBe('ended-by-customer');
  });

  test('cannot be asked for while the page cannot be reached', () => {
    const write = createWriteMode(() => false, 30_000);
    write.toggle();
    expect(write.state.value).toBe('off');
    expect(write.note.value).toBe('unreachable');
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readAgentMessage, type AgentMessage } from '../../../protocol/command.ts';
import type { ErrorCode } from '../../../protocol/errors.ts';
import { createFrameAssembler, splitIntoFrames } from '../../../protocol/frames.ts';
import { DISCONNECTED_AFTER_MS, HELLO_TIMEOUT_MS, QUIET_AFTER_MS } from '../../../protocol/limits.ts';
import { writePageMessage, type PageMessage } from '../../../protocol/page-message.ts';
import { PROTOCOL_VERSION } from '../../../protocol/version.ts';
import { createLiveChannel } from './live-channel.ts';

describe('the live channel', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  function open() {
    const heard: AgentMessage[] = [];
    const faults: ErrorCode[] = [];
    const assembler = createFrameAssembler();
    const channel = createLiveChannel({
      send(frame) {
        const whole = assembler.accept(frame);
        const message = whole && readAgentMessage(whole.bytes);
        if (message) heard.push(message);
        return true;
      },
      onReady: () => {},
      onMessage: () => {},
      onFault: (code) => faults.push(code),
    });
    const send = (message: PageMessage): void => {
      for (const frame of splitIntoFrames({ bytes: writePageMessage(message), deflated: false })) channel.accept(frame);
    };
    return { channel, heard, faults, send };
  }

  test('fails when the page does not say hello in time', () => {
    const { faults } = open();
    vi.advanceTimersByTime(HELLO_TIMEOUT_MS);
    expect(faults).toEqual(['channel_failed']);
  });

  test('pings twice a second after the hellos, and never before', () => {
    const { heard, send } = open();
    vi.advanceTimersByTime(3_000);
    expect(heard.map(({ type }) => type)).toEqual(['hello']);
    send({ type: 'hello', version: PROTOCOL_VERSION });
    vi.advanceTimersByTime(1_000);
    expect(heard.map(({ type }) => type)).toEqual(['hello', 'ping', 'ping']);
  });

  test('does not take a silence for a long way: answers to what was asked before it ended do not count', () => {
    const { channel, send } = open();
    send({ type: 'hello', version: PROTOCOL_VERSION });
    const before = Math.round(performance.now());
    vi.advanceTimersByTime(5_000);
    send({ type: 'pong', sentAt: before });
    expect(channel.latencyMs.value).toBeNull();
    const after = Math.round(performance.now());
    vi.advanceTimersByTime(80);
    send({ type: 'pong', sentAt: after });
    expect(channel.latencyMs.value).toBeCloseTo(80, -1);
  });

  test('measures the round trip from the page’s answers, smoothed', () => {
    const { channel, send } = open();
    send({ type: 'hello', version: PROTOCOL_VERSION });
    const sentAt = Math.round(performance.now());
    vi.advanceTimersByTime(100);
    send({ type: 'pong', sentAt });
    expect(channel.latencyMs.value).toBeCloseTo(100, -1);
    vi.advanceTimersByTime(100);
    send({ type: 'pong', sentAt });
    expect(channel.latencyMs.value).toBeCloseTo(125, -1);
  });

  test('finds the page quiet after 10 seconds and lost after 30, and hears it again', () => {
    const { channel, send } = open();
    send({ type: 'hello', version: PROTOCOL_VERSION });
    vi.advanceTimersByTime(QUIET_AFTER_MS);
    expect(channel.silence.value).toBe('quiet');
    vi.advanceTimersByTime(DISCONNECTED_AFTER_MS - QUIET_AFTER_MS);
    expect(channel.silence.value).toBe('lost');
    send({ type: 'ping', sentAt: 1 });
    expect(channel.silence.value).toBe('none');
  });

  test('drops what belongs on the page channel', () => {
    const { channel, faults, send } = open();
    send({ type: 'hello', version: PROTOCOL_VERSION });
    send({ type: 'complete' });
    expect(channel.dropped).toBe(1);
    expect(faults).toEqual([]);
  });

  test('does not accept a deflated message', () => {
    const { channel, faults } = open();
    for (const frame of splitIntoFrames({ bytes: new Uint8Array([1, 2]), deflated: true })) channel.accept(frame);
    expect(faults).toEqual(['bad_message']);
  });
});

import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SessionId } from '../../protocol/session-id.ts';
import * as api from './api.ts';

const SERVER = 'https://cobrowse.example';
const ID = '123456789' as SessionId;

describe('the server’s HTTP side', () => {
  afterEach(() => vi.unstubAllGlobals());

  function replies(status: number, body: unknown) {
    const fetching = vi.fn<typeof fetch>(() =>
      Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })),
    );
    vi.stubGlobal('fetch', fetching);
    return fetching;
  }

  test('gives the error code the server gave', async () => {
    const fetching = replies(404, { error: { code: 'session_not_found', message: 'x' } });
    expect(await api.join(SERVER, 'token', ID)).toEqual({ ok: false, code: 'session_not_found' });
    expect(fetching).toHaveBeenCalledWith(
      `${SERVER}/api/sessions/join`,
      expect.objectContaining({ headers: expect.objectContaining({ authorization: 'Bearer token' }) as unknown }),
    );
  });

  test.each([
    [401, 'not_signed_in'],
    [403, 'role_not_allowed'],
    [429, 'too_many_tries'],
    [502, 'server_unreachable'],
    [503, 'server_busy'],
    [500, 'server_error'],
    [418, 'bad_request'],
  ])('makes a code of its own from a bare %d', async (status, code) => {
    replies(status, '<h1>a proxy</h1>');
    expect(await api.join(SERVER, 'token', ID)).toEqual({ ok: false, code });
  });

  test('does not believe an answer of the wrong shape', async () => {
    for (const body of ['', 'null', '[]', '{"token":7}', '{"token":"t","agent":{"id":"a"}}']) {
      replies(200, body);
      expect(await api.signIn(SERVER, 'a@b.c', 'x')).toEqual({ ok: false, code: 'server_error' });
    }
  });

  test('leaves out live sessions it cannot read', async () => {
    const good = {
      historyId: 'h',
      sessionId: '123456789',
      state: 'active',
      away: ['agent'],
      channel: 'chat',
      startedAt: '2026-01-01T00:00:00.000Z',
      joinedAt: null,
      agentName: null,
    };
    replies(200, { sessions: [{ ...good, away: ['agent', 'cat'] }, { ...good, state: 'asleep' }, null] });
    expect(await api.liveSessions(SERVER, 'token')).toEqual({ ok: true, value: [good] });
  });

  test('says that a server that is not there cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await api.health(SERVER)).toEqual({ ok: false, code: 'server_unreachable' });
  });
});

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  forgetRulesDraft,
  readKeptSession,
  readRulesDraft,
  readServer,
  readSignIn,
  readZoom,
  saveRulesDraft,
  saveServer,
  saveSignIn,
} from './browser-storage.ts';

const AGENT = {
  id: 'a1',
  email: 'agent@demo.example',
  name: 'Ada Agent',
  role: 'agent',
  site: { key: 'demo', name: 'Demo' },
} as const;

function area(content: Record<string, unknown>) {
  return {
    get: (key: string) => Promise.resolve(key in content ? { [key]: content[key] } : {}),
    set: (items: Record<string, unknown>) => Promise.resolve(void Object.assign(content, items)),
    remove: (key: string) => Promise.resolve(void Reflect.deleteProperty(content, key)),
  };
}

describe('what the extension keeps', () => {
  let local: Record<string, unknown>;
  let session: Record<string, unknown>;
  let managed: { get: (key: string) => Promise<Record<string, unknown>> };

  beforeEach(() => {
    local = {};
    session = {};
    managed = { get: () => Promise.reject(new Error('No policy.')) };
    vi.stubGlobal('chrome', {
      storage: { local: area(local), session: area(session), managed: { get: (key: string) => managed.get(key) } },
    });
  });

  afterEach(() => vi.unstubAllGlobals());

  test('is the default server at first, then the one saved', async () => {
    expect(await readServer()).toEqual({ server: 'http://127.0.0.1:8787', byPolicy: false });
    await saveServer('https://a.example');
    expect(await readServer()).toEqual({ server: 'https://a.example', byPolicy: false });
  });

  test('is the policy’s server whatever was saved', async () => {
    await saveServer('https://a.example');
    managed = area({ server: 'https://policy.example/' });
    expect(await readServer()).toEqual({ server: 'https://policy.example', byPolicy: true });
  });

  test('is not a policy’s server that is no address', async () => {
    managed = area({ server: 'javascript:alert(1)' });
    expect(await readServer()).toEqual({ server: 'http://127.0.0.1:8787', byPolicy: false });
  });

  test('is the sign-in until it expires', async () => {
    const signIn = { token: 't', agent: AGENT, server: 'https://a.example', expiresAt: 1_000 };
    await saveSignIn(signIn);
    expect(await readSignIn(999)).toEqual(signIn);
    expect(await readSignIn(1_001)).toBeNull();
  });

  test('is nothing when the storage holds something else', async () => {
    local['signIn'] = { token: 't', agent: { ...AGENT, role: 'king' }, server: '', expiresAt: 9e15 };
    local['zoom'] = 'sideways';
    session['kept'] = { token: 't' };
    expect(await readSignIn(0)).toBeNull();
    expect(await readKeptSession()).toBeNull();
    expect(await readZoom()).toBe('fit');
  });

  test('is a draft of rules for its own site and server alone', async () => {
    const owner = { server: 'https://a.example', siteKey: 'shop' };
    const rule = { name: 'Card', urls: ['/pay'], selectors: ['#card'], action: 'mask' } as const;
    const draft = { basedOn: 3, body: { rules: [rule], patterns: [] } };
    await saveRulesDraft(owner, draft);
    expect(await readRulesDraft(owner)).toEqual(draft);
    expect(await readRulesDraft({ ...owner, siteKey: 'bank' })).toBeNull();
    expect(await readRulesDraft({ ...owner, server: 'https://b.example' })).toBeNull();
    await saveRulesDraft(owner, { basedOn: 3, body: { rules: [{ ...rule, selectors: [] }], patterns: [] } });
    expect(await readRulesDraft(owner)).toBeNull();
    await forgetRulesDraft(owner);
    expect(local).toEqual({});
  });
});

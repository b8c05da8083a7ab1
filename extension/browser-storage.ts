/** The only file that touches `chrome.storage`. What comes out of it is parsed like anything else from outside. */
import { readRuleSet, RULES_FORMAT, type RulesBody } from '../protocol/rules.ts';
import type { AgentAccount, SiteSettings } from '../protocol/signaling.ts';
import { parseAgentAccount } from './agent-account.ts';
import { DEFAULT_SERVER, parseServer } from './server-address.ts';
import { isNumber, isRecord, isText } from './shape.ts';
import { parseSiteSettings } from './site-settings.ts';

export interface ServerSetting {
  readonly server: string;
  /** An administrator set it; it cannot be changed here. */
  readonly byPolicy: boolean;
}

export interface SignIn {
  readonly token: string;
  readonly agent: AgentAccount;
  /** The server that gave the token; it is never sent to another. */
  readonly server: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** What a console needs to go on with its session after it was closed or reloaded. */
export interface KeptSession {
  readonly server: string;
  readonly token: string;
  readonly historyId: string;
  /** Nine digits. */
  readonly sessionId: string;
  readonly settings: SiteSettings;
  /** Unix milliseconds. */
  readonly joinedAt: number;
}

export type Zoom = 'fit' | 'actual';

/** Rules an administrator has changed and not published yet. */
export interface RulesDraft {
  /** The published version the changes began with; 0: there was none. */
  readonly basedOn: number;
  readonly body: RulesBody;
}

/** Whose site: what is kept for one is never shown to another. */
export interface RulesOwner {
  readonly server: string;
  readonly siteKey: string;
}

/** The server's address: the policy's, else the one saved in the options, else the default. */
export async function readServer(): Promise<ServerSetting> {
  const managed = parseServer((await readManaged())['server']);
  if (managed !== null) return { server: managed, byPolicy: true };
  const { server } = await chrome.storage.local.get('server');
  return { server: parseServer(server) ?? DEFAULT_SERVER, byPolicy: false };
}

export async function saveServer(server: string): Promise<void> {
  await chrome.storage.local.set({ server });
}

/**
 * The sign-in lies in `local`, not in `session`: an agent who restarts the browser in the middle of a shift is not to
 * sign in again. The token dies by itself after twelve hours, on the server and here.
 */
export async function readSignIn(now = Date.now()): Promise<SignIn | null> {
  const { signIn } = await chrome.storage.local.get('signIn');
  if (!isRecord(signIn)) return null;
  const { token, server, expiresAt } = signIn;
  const agent = parseAgentAccount(signIn['agent']);
  if (agent === null || !isText(token) || !isText(server) || !isNumber(expiresAt, now, Number.MAX_SAFE_INTEGER)) {
    return null;
  }
  return { token, agent, server, expiresAt };
}

export async function saveSignIn(signIn: SignIn): Promise<void> {
  await chrome.storage.local.set({ signIn });
}

export async function forgetSignIn(): Promise<void> {
  await chrome.storage.local.remove('signIn');
}

/** The session under way lies in `session`: it is gone with the browser, and never written to the disk. */
export async function readKeptSession(): Promise<KeptSession | null> {
  const { kept } = await chrome.storage.session.get('kept');
  if (!isRecord(kept)) return null;
  const { server, token, historyId, sessionId, joinedAt } = kept;
  const settings = parseSiteSettings(kept['settings']);
  if (settings === null || !isText(server) || !isText(token) || !isText(historyId) || !isText(sessionId)) return null;
  if (!isNumber(joinedAt, 0, Number.MAX_SAFE_INTEGER)) return null;
  return { server, token, historyId, sessionId, settings, joinedAt };
}

export async function keepSession(session: KeptSession): Promise<void> {
  await chrome.storage.session.set({ kept: session });
}

export async function forgetKeptSession(): Promise<void> {
  await chrome.storage.session.remove('kept');
}

export async function readZoom(): Promise<Zoom> {
  const { zoom } = await chrome.storage.local.get('zoom');
  return zoom === 'actual' ? 'actual' : 'fit';
}

export async function saveZoom(zoom: Zoom): Promise<void> {
  await chrome.storage.local.set({ zoom });
}

/** @returns `null` when there is none, or when not all of it can be read */
export async function readRulesDraft(owner: RulesOwner): Promise<RulesDraft | null> {
  const kept = await readOf(owner, 'rulesDraft');
  if (!isRecord(kept)) return null;
  const { basedOn: version, rules, patterns } = kept;
  const read = readRuleSet({ format: RULES_FORMAT, version, rules, patterns });
  if (read.problems.length > 0) return null;
  return { basedOn: read.rules.version, body: { rules: read.rules.rules, patterns: read.rules.patterns } };
}

export async function saveRulesDraft(owner: RulesOwner, { basedOn, body }: RulesDraft): Promise<void> {
  await chrome.storage.local.set({ [keyOf(owner, 'rulesDraft')]: { basedOn, ...body } });
}

export async function forgetRulesDraft(owner: RulesOwner): Promise<void> {
  await chrome.storage.local.remove(keyOf(owner, 'rulesDraft'));
}

/** The page of the site that was opened last to point at elements; empty when none was. */
export async function readSiteAddress(owner: RulesOwner): Promise<string> {
  const address = await readOf(owner, 'siteAddress');
  return isText(address) ? address : '';
}

export async function saveSiteAddress(owner: RulesOwner, address: string): Promise<void> {
  await chrome.storage.local.set({ [keyOf(owner, 'siteAddress')]: address });
}

async function readOf(owner: RulesOwner, name: string): Promise<unknown> {
  const key = keyOf(owner, name);
  const items: Record<string, unknown> = await chrome.storage.local.get(key);
  return items[key];
}

function keyOf({ server, siteKey }: RulesOwner, name: string): string {
  return `${name} ${siteKey} ${server}`;
}

/**
 * Calls `listener` when the server or the sign-in changed, here or in another page of the extension.
 * @returns what stops it
 */
export function onSettingsChange(listener: () => void): () => void {
  const heard = (changes: Record<string, chrome.storage.StorageChange>): void => {
    if ('server' in changes || 'signIn' in changes) listener();
  };
  chrome.storage.onChanged.addListener(heard);
  return () => chrome.storage.onChanged.removeListener(heard);
}

/** Chrome rejects when no policy was ever set for this extension. */
async function readManaged(): Promise<Record<string, unknown>> {
  try {
    return await chrome.storage.managed.get('server');
  } catch {
    return {};
  }
}

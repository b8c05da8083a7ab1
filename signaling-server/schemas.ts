import { Type } from '@fastify/type-provider-typebox';
import { MAX_URL_UNITS } from '../protocol/limits.ts';
import { SITE_KEY_PATTERN } from './sites/sites.ts';

/** The bodies of protocol/signaling.ts as JSON schemas: they check what comes in, and make /openapi.json. */
export const ErrorBody = Type.Object(
  { error: Type.Object({ code: Type.String(), message: Type.String() }) },
  { description: 'Every refusal: a code for programs and its sentence for people.' },
);

const Name = Type.String({ minLength: 1, maxLength: 200 });

export const SiteKey = Type.String({ pattern: SITE_KEY_PATTERN });

export const Account = Type.Object({
  id: Type.String({ format: 'uuid' }),
  email: Type.String(),
  name: Name,
  role: Type.Union([Type.Literal('agent'), Type.Literal('lead'), Type.Literal('admin')]),
  site: Type.Object({ key: SiteKey, name: Name }),
});

export const SignInRequest = Type.Object({
  email: Type.String({ minLength: 1, maxLength: 254 }),
  password: Type.String({ minLength: 1, maxLength: 1_024 }),
});
export const SignInResponse = Type.Object({ token: Type.String(), agent: Account });

const SETTINGS = {
  name: Name,
  phone: Type.String(),
  writeMode: Type.Boolean(),
  writeModeEndsWithPage: Type.Boolean(),
  pendingTimeoutMs: Type.Integer(),
  writeRequestTimeoutMs: Type.Integer(),
  awayTimeoutMs: Type.Integer(),
  idleTimeoutMs: Type.Integer(),
};
const Settings = Type.Object(SETTINGS);
export const CustomerSettings = Type.Object({
  ...SETTINGS,
  fileHosts: Type.Unsafe<readonly string[]>(
    Type.Array(Type.String(), { description: 'Whose files the server fetches for pages that may not.' }),
  ),
});

const Channel = Type.Union([Type.Literal('voice'), Type.Literal('chat')]);

export const StartRequest = Type.Object({
  site: SiteKey,
  channel: Channel,
  interactionId: Type.Optional(Type.String({ maxLength: 200 })),
});
export const StartResponse = Type.Object({
  sessionId: Type.String({ description: 'Nine digits, no separators.' }),
  historyId: Type.String({ format: 'uuid' }),
  token: Type.String(),
  settings: CustomerSettings,
});

export const CheckServers = Type.Object({
  iceServers: Type.Array(
    Type.Object({
      urls: Type.Array(Type.String()),
      username: Type.Optional(Type.String()),
      credential: Type.Optional(Type.String()),
    }),
  ),
});

export const ResumeRequest = Type.Object({
  pass: Type.String({ minLength: 1, maxLength: 128 }),
  cameFrom: Type.String({ maxLength: 512, description: 'The origin of `document.referrer`.' }),
});
export const ResumeResponse = Type.Object({
  sessionId: Type.String(),
  historyId: Type.String({ format: 'uuid' }),
  token: Type.String(),
  settings: CustomerSettings,
  channel: Channel,
});

export const FileRequest = Type.Object({ url: Type.String({ maxLength: MAX_URL_UNITS }) });

export const JoinRequest = Type.Object({
  sessionId: Type.String({ description: 'As typed: separators are allowed.' }),
});
export const JoinResponse = Type.Object({
  historyId: Type.String({ format: 'uuid' }),
  token: Type.String(),
  settings: Settings,
});

export const ReturnResponse = Type.Object({
  historyId: Type.String({ format: 'uuid' }),
  token: Type.String(),
  settings: Settings,
  sessionId: Type.String(),
  joinedAt: Type.String({ format: 'date-time' }),
});

export const LiveSessions = Type.Object({
  sessions: Type.Array(
    Type.Object({
      historyId: Type.String({ format: 'uuid' }),
      sessionId: Type.String(),
      state: Type.Union([Type.Literal('waiting'), Type.Literal('active'), Type.Literal('paused')]),
      away: Type.Array(Type.Union([Type.Literal('customer'), Type.Literal('agent')])),
      channel: Channel,
      startedAt: Type.String({ format: 'date-time' }),
      joinedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
      agentName: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});

export const SessionActs = Type.Object({
  acts: Type.Array(
    Type.Object({
      at: Type.String({ format: 'date-time' }),
      act: Type.String(),
      name: Type.String({ description: 'What it was done to; empty when that is hidden from agents.' }),
      outcome: Type.String(),
      times: Type.Integer(),
    }),
  ),
});

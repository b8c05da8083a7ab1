import { SENTENCES, type ErrorCode } from '../protocol/errors.ts';
import type { ErrorBody } from '../protocol/signaling.ts';

/** A request that is answered with a code of ours instead of what it asked for. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly statusCode: number;

  /** `detail` goes behind the code's sentence; it must hold nothing that the client did not send or may not know. */
  constructor(code: ErrorCode, statusCode = statusOf(code), detail = '') {
    super(detail === '' ? SENTENCES[code] : `${SENTENCES[code]} ${detail}`);
    this.code = code;
    this.statusCode = statusCode;
  }
}

export function errorBody(refusal: Refusal): ErrorBody {
  return { error: { code: refusal.code, message: refusal.message } };
}

function statusOf(code: ErrorCode): number {
  switch (code) {
    case 'not_signed_in':
    case 'wrong_credentials':
      return 401;
    case 'origin_not_allowed':
    case 'role_not_allowed':
      return 403;
    case 'session_not_found':
    case 'site_not_found':
      return 404;
    case 'agent_busy':
    case 'customer_busy':
    case 'rules_changed':
      return 409;
    case 'too_many_tries':
      return 429;
    case 'server_error':
      return 500;
    case 'server_busy':
      return 503;
    default:
      return 400;
  }
}

/**
 * Every maximum and every timeout that more than one room must agree on. Bytes unless the name says otherwise;
 * times end in `_MS`. Sizes follow docs/protocol.md, "Limits".
 */

/** Digits of a session ID. */
export const SESSION_ID_DIGITS = 9;

/** One data-channel message. Browsers agree on 256 KiB; 64 KiB keeps a small message from waiting behind a big one. */
export const MAX_FRAME_BYTES = 64 * 1024;
/** A frame the receiver still accepts before it ends the session. */
export const MAX_RECEIVED_FRAME_BYTES = 256 * 1024;
/** One message, put together from its frames, still deflated. */
export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
/** One message inflated, and how much larger than its deflated form it may become. */
export const MAX_INFLATED_BYTES = 32 * 1024 * 1024;
export const MAX_INFLATE_RATIO = 100;
/** Up to here a ratio says little. */
export const RATIO_FREE_BYTES = 256 * 1024;
/** A small message is not worth the deflate stream it needs. */
export const MIN_DEFLATE_BYTES = 1024;

/** These channels are negotiated on both sides under their numbers, so that they cost no signaling. */
export const PAGE_CHANNEL_ID = 1000;
export const ASSETS_CHANNEL_ID = 1001;
/** A frame with a piece of a file: channels take turns frame by frame, and a small message must not wait long for its own. */
export const MAX_ASSET_FRAME_BYTES = 16 * 1024;
/** Finds out when a dead way works again. */
export const PULSE_CHANNEL_ID = 1002;

/** What the browser may hold unsent before the sender waits (`bufferedAmount`). Chrome fails at 16 MiB. */
export const MAX_BUFFERED_BYTES = 1024 * 1024;
/** Where it goes on (`bufferedAmountLowThreshold`). */
export const LOW_BUFFERED_BYTES = 256 * 1024;

/** Depth and size of the mirrored tree. */
export const MAX_TREE_DEPTH = 512;
export const MAX_TREE_NODES = 250_000;
export const MAX_ATTRIBUTES_PER_NODE = 256;
/** Frames of the page's own origin that are shown at a time, and how deep one may stand in another. */
export const MAX_FRAMES = 50;
export const MAX_FRAME_DEPTH = 10;
/** Documents shown in frames, one after the other, before the whole picture begins anew. */
export const MAX_FRAME_DOCUMENTS = 200;
/** Nodes of a document in a frame. */
export const MAX_FRAME_NODES = 50_000;
/** One text, attribute value or field value, in UTF-16 units. */
export const MAX_STRING_UNITS = 1024 * 1024;
/** One asset (style sheet, image, font). */
export const MAX_ASSET_BYTES = 4 * 1024 * 1024;
/** The text of one style sheet, in UTF-16 units. */
export const MAX_SHEET_UNITS = 4 * 1024 * 1024;
/** Different assets a page may name. */
export const MAX_ASSETS = 5_000;
/** All assets of one page in the mirror. */
export const MAX_PAGE_ASSET_BYTES = 256 * 1024 * 1024;
/** A smaller file is sent at once: asking whether the other side has it would cost as much. */
export const MIN_HASHED_ASSET_BYTES = 1024;
/** SHA-256. */
export const ASSET_HASH_BYTES = 32;

/** Sheets that scripts of a page construct, and those that one root adopts. */
export const MAX_CONSTRUCTED_SHEETS = 2_000;
export const MAX_ADOPTED_SHEETS = 256;

/** Elements in one of the states that only selectors know of. */
export const MAX_STATE_NODES = 1_000;

/** What is told beside an element's markup: ranges that scripts mark, animations of an element, selectors that it matches. */
export const MAX_HIGHLIGHT_RANGES = 500;
export const MAX_ANIMATION_TIMES = 50;
export const MAX_TOLD_SELECTORS = 100;

/** Titles and names that reach a trusted screen, in UTF-16 units. */
export const MAX_LABEL_UNITS = 200;
export const MAX_URL_UNITS = 2_000;

/** A site's rules. Texts in UTF-16 units. */
export const MAX_RULES = 500;
export const MAX_URLS_PER_RULE = 50;
export const MAX_SELECTORS_PER_RULE = 50;
export const MAX_SELECTOR_UNITS = 1_000;
export const MAX_RULE_NAME_UNITS = 200;
export const MAX_SITE_PATTERNS = 50;
export const MAX_PATTERN_UNITS = 200;
/** All of it as JSON. */
export const MAX_RULES_BYTES = 256 * 1024;
/** Problems with rules that one page reports. */
export const MAX_RULE_PROBLEMS = 100;

/** Commands an agent may send, per second, and the burst above it. */
export const MAX_COMMANDS_PER_SECOND = 50;
export const MAX_COMMAND_BURST = 100;
/** A text the agent types in one command, in UTF-16 units. */
export const MAX_TYPED_UNITS = 64 * 1024;

/** What of a drawing is held at once, on either side: the oldest goes first. Comments stay until somebody clears. */
export const MAX_STROKES = 100;
export const MAX_POINTS_PER_STROKE = 2_000;
export const MAX_COMMENTS = 20;
/** What one message adds to a stroke. */
export const MAX_POINTS_PER_STROKE_PART = 64;

/** Different things an agent does in a session, as its receipt tells them; what comes after them is not in it. */
export const MAX_RECEIPT_ENTRIES = 500;

/** A text frame on either WebSocket. */
export const MAX_SOCKET_FRAME_BYTES = 64 * 1024;

/** The defaults of mission.md, each overridable in a site's settings. */
export const PENDING_TIMEOUT_MS = 20 * 60_000;
export const WRITE_REQUEST_TIMEOUT_MS = 30_000;
export const AWAY_TIMEOUT_MS = 2 * 60_000;
export const IDLE_TIMEOUT_MS = 5 * 60_000;
/** From the last point of a stroke until it fades. */
export const DRAWING_FADES_AFTER_MS = 4_000;
export const LATENCY_GOOD_MS = 200;
export const LATENCY_POOR_MS = 600;
/** No heartbeat for this long: shown as "no answer", three seconds after the other side was last there at most. */
export const LATE_AFTER_MS = 2_000;
/** No heartbeat for this long: "the page is quiet". */
export const QUIET_AFTER_MS = 10_000;
/** No heartbeat for this long: "disconnected". */
export const DISCONNECTED_AFTER_MS = 30_000;
export const HEARTBEAT_EVERY_MS = 500;
/** While nothing is heard: what waits to be sent again must stay so little that the pulse gets through. */
export const SILENT_HEARTBEAT_EVERY_MS = 10_000;
/** How often a side looks whether the other one has fallen silent. */
export const SILENCE_CHECK_MS = 250;
/** Nothing heard for this long, although a heartbeat and an answer were due: nothing more of the page is sent. */
export const HOLD_AFTER_MS = 800;
/** Nothing heard for this long: the pulse begins, this often. */
export const PULSE_AFTER_MS = 1_500;
export const PULSE_EVERY_MS = 250;
/** At a sign of life, so many quickly: a browser sends again what it has been told three times is missing (RFC 9260, 7.2.4). */
export const PULSE_BURST = 5;
export const PULSE_BURST_EVERY_MS = 30;
/** Whoever ended a session looks for the server so long, to tell it. */
export const FAREWELL_MS = 15_000;
/** Who heard of the end from the other side leaves it so long to that side to tell the server. */
export const OTHERS_WORD_MS = 3_000;
/** However long somebody had been away before the server was restarted: this long it waits for them after it. */
export const RETURN_PATIENCE_MS = 20_000;
/** Signs that the network is back come many times a second; a socket is tried so often. */
export const MIN_BETWEEN_TRIES_MS = 400;
/** How long a connection whose way is lost, and for which the browser asks nobody, stays before a new one takes its place. */
export const PATH_PATIENCE_MS = 30_000;
/** How soon the server must answer when the other side is silent; and how long a new socket to it may take then. */
export const SOCKET_CHECK_MS = 2_000;
/** While the other side is silent as well: how often the server is asked whether it is there, and how long for an answer. */
export const KNOCK_EVERY_MS = 300;
export const KNOCK_PATIENCE_MS = 1_500;
/** How often a side tells the server at most that somebody does something there. */
export const ACTIVITY_EVERY_MS = 15_000;
/** The other side's `hello` must come this soon after the channel opens. */
export const HELLO_TIMEOUT_MS = 10_000;
/** From "both are there" to an open channel. */
export const CONNECT_TIMEOUT_MS = 20_000;

/** What the browser remembers of this shopper between visits. */

const PREFIX = "shopnow.";

/** A random UUID; crypto.randomUUID is missing where the page is neither https nor localhost. */
export function randomId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Reads a remembered value; null when there is none or when the browser forbids storage. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null; // storage is switched off: the shop still works, only without memory
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // storage is full or switched off: see recall
  }
}

let session: string | null = null;

/** The browsing session's id, which joins views and searches with the cart and the order. */
export function sessionId(): string {
  session ??= recall("session_id");
  if (session === null) {
    session = randomId();
    remember("session_id", session);
  }
  return session;
}

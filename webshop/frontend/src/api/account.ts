import { request, sessionGuard } from "./http";
import type { Account, Language, Session } from "./types";

function keep(session: Session): Session {
  sessionGuard.csrfToken = session.csrf_token;
  return session;
}

export async function getSession(): Promise<Session> {
  return keep(await request<Session>("/session"));
}

/** Logs in; the guest's cart is merged into the account's, whose id is in the answer. */
export async function logIn(body: {
  email: string;
  password: string;
  code?: string;
  cart_id?: string;
}): Promise<Session> {
  return keep(await request<Session>("/session", { method: "POST", body }));
}

export async function logOut(): Promise<void> {
  await request("/session", { method: "DELETE" });
  sessionGuard.csrfToken = null;
}

/** The answer is the same whether or not the address has an account already. */
export function register(body: {
  email: string;
  password: string;
  name: string;
  language: Language;
}): Promise<unknown> {
  return request("/accounts", { method: "POST", body });
}

/** `password` is the one of the registration that the link was mailed for. */
export function verifyAccount(token: string, password: string): Promise<void> {
  return request("/accounts/verify", { method: "POST", body: { token, password } });
}

export function askPasswordReset(email: string): Promise<unknown> {
  return request("/accounts/password-reset", { method: "POST", body: { email } });
}

export function resetPassword(token: string, password: string): Promise<void> {
  return request("/accounts/password-reset/confirm", { method: "POST", body: { token, password } });
}

export function changeAccount(body: { name?: string | undefined; language?: Language }): Promise<Account> {
  return request("/account", { method: "PATCH", body });
}

/** For good; the account's sessions end. */
export async function deleteAccount(password: string): Promise<void> {
  await request("/account", { method: "DELETE", body: { password } });
  sessionGuard.csrfToken = null;
}

/** Ends all sessions of the account; the answer is the new one of this browser. */
export async function changePassword(current: string, next: string): Promise<Session> {
  const body = { current, new: next };
  return keep(await request<Session>("/account/password", { method: "POST", body }));
}

/** What an authenticator app needs: the key to type (Base32), or the `otpauth:` address to scan. */
export interface AppSecret {
  secret: string;
  address: string;
}

/** Begins to set up a second factor; it is asked for once a code of it was confirmed. */
export function beginSecondFactor(password: string): Promise<AppSecret> {
  return request("/account/second-factor", { method: "POST", body: { password } });
}

/** Turns the second factor on; the answer is the recovery codes, which are not shown again. */
export async function confirmSecondFactor(code: string): Promise<string[]> {
  const body = { code };
  const answer = await request<{ recovery_codes: string[] }>("/account/second-factor/confirm", { method: "POST", body });
  return answer.recovery_codes;
}

export function removeSecondFactor(body: { password: string; code: string }): Promise<void> {
  return request("/account/second-factor/remove", { method: "POST", body });
}

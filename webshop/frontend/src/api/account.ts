import { answer, sessionGuard, shop } from "./http";
import type { Account, AppSecretRecord, Login, Profile, Registration, SecondFactorRemoval, Session } from "./schema";

function keep(session: Session): Session {
  sessionGuard.csrfToken = session.csrf_token;
  return session;
}

export async function getSession(): Promise<Session> {
  return keep(await answer(shop.GET("/api/v1/session")));
}

/** Logs in; the guest's cart is merged into the account's, whose id is in the answer. */
export async function logIn(body: Login): Promise<Session> {
  return keep(await answer(shop.POST("/api/v1/session", { body })));
}

export async function logOut(): Promise<void> {
  await shop.DELETE("/api/v1/session");
  sessionGuard.csrfToken = null;
}

/** The answer is the same whether or not the address has an account already. */
export function register(body: Registration): Promise<unknown> {
  return shop.POST("/api/v1/accounts", { body });
}

/** `password` is the one of the registration that the link was mailed for. */
export function verifyAccount(token: string, password: string): Promise<unknown> {
  return shop.POST("/api/v1/accounts/verify", { body: { token, password } });
}

export function askPasswordReset(email: string): Promise<unknown> {
  return shop.POST("/api/v1/accounts/password-reset", { body: { email } });
}

export function resetPassword(token: string, password: string): Promise<unknown> {
  return shop.POST("/api/v1/accounts/password-reset/confirm", { body: { token, password } });
}

export function changeAccount(body: Profile): Promise<Account> {
  return answer(shop.PATCH("/api/v1/account", { body }));
}

/** For good; the account's sessions end. */
export async function deleteAccount(password: string): Promise<void> {
  await shop.DELETE("/api/v1/account", { body: { password } });
  sessionGuard.csrfToken = null;
}

/** Ends all sessions of the account; the answer is the new one of this browser. */
export async function changePassword(current: string, next: string): Promise<Session> {
  return keep(await answer(shop.POST("/api/v1/account/password", { body: { current, new: next } })));
}

/** Begins to set up a second factor; it is asked for once a code of it was confirmed. */
export function beginSecondFactor(password: string): Promise<AppSecretRecord> {
  return answer(shop.POST("/api/v1/account/second-factor", { body: { password } }));
}

/** Turns the second factor on; the answer is the recovery codes, which are not shown again. */
export async function confirmSecondFactor(code: string): Promise<string[]> {
  const confirmed = await answer(shop.POST("/api/v1/account/second-factor/confirm", { body: { code } }));
  return confirmed.recovery_codes;
}

export function removeSecondFactor(body: SecondFactorRemoval): Promise<unknown> {
  return shop.POST("/api/v1/account/second-factor/remove", { body });
}

const HOME = "/account";

/**
 * The page of this shop that `next` names; anything else would let a link to our login page send
 * anyone who has just logged in to a stranger's site.
 */
export function placeToGo(next: string | null): string {
  if (!next?.startsWith("/")) return HOME;
  const address = new URL(next, window.location.origin);
  if (address.origin !== window.location.origin) return HOME;
  return address.pathname + address.search;
}

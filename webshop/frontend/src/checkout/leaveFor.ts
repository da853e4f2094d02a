/**
 * Goes to the payment gateway's page. Its address comes from the shop's answer; anything but a web
 * address is refused, because "javascript:" would run here.
 */
export function leaveFor(address: string): void {
  const { protocol, href } = new URL(address, window.location.href);
  if (protocol !== "https:" && protocol !== "http:") {
    throw new Error(`The payment page's address is no web address: ${protocol}`);
  }
  window.location.assign(href);
}

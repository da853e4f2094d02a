/** The sandbox's test cards: what the payment answers to each. */
export const TEST_CARDS = [
  { number: "4242424242424242", outcome: "ok" },
  { number: "4000000000000002", outcome: "declined" },
] as const;

/** "4242 4242 4242 4242" from whatever was typed or pasted. */
export function groupDigits(text: string): string {
  return text
    .replace(/\D/g, "")
    .slice(0, 19)
    .replace(/(\d{4})(?=\d)/g, "$1 ");
}

/** Luhn's check: it catches one wrong digit and most swapped ones. */
export function hasValidChecksum(digits: string): boolean {
  const sum = Array.from(digits)
    .reverse()
    .map((digit, index) => Number(digit) * (index % 2 === 1 ? 2 : 1))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return sum % 10 === 0;
}

/** "12/29" from "1229", as it is typed. */
export function groupExpiry(text: string): string {
  const digits = text.replace(/\D/g, "").slice(0, 4);
  return digits.length > 2 ? `${digits.slice(0, 2)}/${digits.slice(2)}` : digits;
}

/** Whether a card of "MM/YY" is still good: to the last day of that month. */
export function isToCome(expiry: string, today = new Date()): boolean {
  const match = /^(\d{2})\/(\d{2})$/.exec(expiry);
  if (!match) return false;
  const month = Number(match[1]);
  const year = 2000 + Number(match[2]);
  if (month < 1 || month > 12) return false;
  return year * 12 + month >= today.getFullYear() * 12 + today.getMonth() + 1;
}

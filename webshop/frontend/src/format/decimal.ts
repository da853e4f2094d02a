/** Money or a ratio as the API sends it: a decimal string, never a number. */
export type Decimal = `${number}`;

const SCALE = 4;

function toUnits(amount: Decimal): bigint {
  const [, sign = "", whole = "0", fraction = ""] = /^(-?)(\d+)\.?(\d*)$/.exec(amount) ?? [];
  const units = BigInt(whole + fraction.padEnd(SCALE, "0").slice(0, SCALE));
  return sign ? -units : units;
}

/** The exact sum of decimal strings with up to four decimals. */
export function sumDecimals(amounts: Decimal[]): Decimal {
  const total = amounts.reduce((sum, amount) => sum + toUnits(amount), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(SCALE + 1, "0");
  const text = `${total < 0n ? "-" : ""}${digits.slice(0, -SCALE)}.${digits.slice(-SCALE)}`;
  return text as Decimal;
}

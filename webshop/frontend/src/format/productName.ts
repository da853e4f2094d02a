/** "White metal lantern" from the "WHITE METAL LANTERN" of an imported catalogue; others as they are. */
export function productName(name: string): string {
  if (name !== name.toUpperCase()) return name;
  return name.charAt(0) + name.slice(1).toLowerCase();
}

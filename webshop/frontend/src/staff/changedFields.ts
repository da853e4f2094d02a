type Values = Record<string, unknown> | null;

const NOTHING = "–";

function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return NOTHING;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The fields that differ, each as it was and as it is; what stayed is left out. */
export function changedFields(before: Values, after: Values) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .map((field) => ({ field, before: shown(before?.[field]), after: shown(after?.[field]) }))
    .filter((change) => change.before !== change.after);
}

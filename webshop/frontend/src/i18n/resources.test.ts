import { describe, expect, it } from "vitest";

import { resources } from "./resources";

/** Every text of a language by its dotted key. */
function texts(node: object, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
      typeof value === "string"
        ? [[prefix + key, value] as const]
        : [...texts(value as object, `${prefix}${key}.`)],
    ),
  );
}

const placeholders = (text = "") => Array.from(text.matchAll(/{{\w+}}/g), String).sort();

describe("the texts", () => {
  const french = texts(resources.fr);
  const english = texts(resources.en);

  it("exist in both languages", () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
  });

  it("have the same placeholders in both languages", () => {
    for (const [key, text] of french) {
      expect(placeholders(english.get(key)), key).toEqual(placeholders(text));
    }
  });
});

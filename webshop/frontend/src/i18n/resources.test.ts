import { describe, expect, it } from "vitest";

/** The locale files, those that are loaded on demand too, by their paths. */
const files = import.meta.glob<object>("./locales/*/*.json", { eager: true, import: "default" });

const ofLanguage = (language: string) =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.startsWith(`./locales/${language}/`))
      .map(([path, content]) => [path.split("/").pop() ?? path, content]),
  );

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
  const french = texts(ofLanguage("fr"));
  const english = texts(ofLanguage("en"));

  it("are found", () => {
    expect(french.size).toBeGreaterThan(300);
  });

  it("exist in both languages", () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
  });

  it("have the same placeholders in both languages", () => {
    for (const [key, text] of french) {
      expect(placeholders(english.get(key)), key).toEqual(placeholders(text));
    }
  });
});

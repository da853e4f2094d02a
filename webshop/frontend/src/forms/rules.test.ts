import { describe, expect, it } from "vitest";

import { emailAddress, personName } from "./rules";

const accepts = (rule: typeof personName | typeof emailAddress) => (text: string) => rule.safeParse(text).success;

describe("a name", () => {
  it("is letters and what stands between them", () => {
    const names = ["Zoé Martin", "Jean‑Luc d’Arc", "O'Brien, Jr.", "J.R.R. Tolkien", "日本 太郎", "Müller & Söhne"];
    expect(names.filter(accepts(personName))).toEqual(names);
  });

  it("is no message and no link", () => {
    const others = ["", "evil.com", "www.x", "http://x", "a@b", "<b>", "🎁", "x".repeat(81)];
    expect(others.filter(accepts(personName))).toEqual([]);
  });
});

describe("an e-mail address", () => {
  it("is never refused where the shop accepts it", () => {
    const addresses = ["zoe@example.org", "zoe+shop@mail.example.org", "zoe@müller.example", "o'brien@example.org"];
    expect(addresses.filter(accepts(emailAddress))).toEqual(addresses);
  });

  it("has an @ and no space", () => {
    expect(["zoe", "zoe@", "@example.org", "zoe martin@example.org"].filter(accepts(emailAddress))).toEqual([]);
  });
});

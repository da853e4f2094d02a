import { afterEach, describe, expect, it, vi } from "vitest";

import { chosenLanguage, keepLanguage } from "./chosenLanguage";

afterEach(() => {
  vi.unstubAllGlobals();
});

function browserWith(cookie: string, protocol = "http:") {
  const page = { cookie };
  vi.stubGlobal("document", page);
  vi.stubGlobal("window", { location: { protocol } });
  return page;
}

describe("the chosen language", () => {
  it("is the cookie's, among others", () => {
    browserWith("a=1; shopnow_language=en; b=2");
    expect(chosenLanguage()).toBe("en");
  });

  it.each(["", "shopnow_language=de", "other_shopnow_language=en"])("is none in %j", (cookie) => {
    browserWith(cookie);
    expect(chosenLanguage()).toBeNull();
  });

  it("is kept for a year, over https only where the page came so", () => {
    const kept = "shopnow_language=en; Path=/; Max-Age=31536000; SameSite=Lax";
    for (const [protocol, cookie] of [["http:", kept], ["https:", `${kept}; Secure`]] as const) {
      const page = browserWith("", protocol);
      keepLanguage("en");
      expect(page.cookie).toBe(cookie);
    }
  });
});

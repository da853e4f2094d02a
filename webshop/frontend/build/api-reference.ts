/**
 * Puts Redoc's bundle into the build: the shop's page at /api/v1/docs (webshop/api/http/reference.py)
 * draws the API's reference with it.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Plugin } from "vite";

const BUNDLE = "redoc/bundles/redoc.standalone.js";

/** What the shop's Content-Security-Policy refuses, and what is done instead. */
const CHANGES: [from: string, to: string][] = [
  // The nonce of its <style> elements is the script's own, from the first of them on.
  ["r.nc=void 0", "r.nc=document.currentScript.nonce"],
  // The vendor's logo is the one file that it would fetch from elsewhere.
  ["https://cdn.redoc.ly/redoc/logo-mini.svg", "/favicon.svg"],
];

function changed(bundle: string): string {
  return CHANGES.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) throw new Error(`${BUNDLE} should have "${from}" once`);
    return text.replace(from, to);
  }, bundle);
}

export function apiReference(): Plugin {
  return {
    name: "api-reference",
    apply: "build",
    async buildStart() {
      const path = createRequire(import.meta.url).resolve(BUNDLE);
      const source = changed(await readFile(path, "utf8"));
      this.emitFile({ type: "asset", fileName: "reference/redoc.js", source });
      const licenses = await readFile(`${path}.LICENSE.txt`, "utf8");
      this.emitFile({ type: "asset", fileName: "reference/redoc.js.LICENSE.txt", source: licenses });
    },
  };
}

/**
 * Defers the application until the server-rendered page is painted. build/start.js, a few lines, takes its place in
 * index.html and loads it afterwards.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";

const NAME = "start.js";
const APPLICATION = /<script type="module" crossorigin src=/;

export function deferApplication(): Plugin {
  return {
    name: "defer-application",
    apply: "build",
    async buildStart() {
      const source = await readFile(new URL(NAME, import.meta.url), "utf8");
      this.emitFile({ type: "asset", name: NAME, source });
    },
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const start = Object.values(bundle).find((file) => file.type === "asset" && file.names.includes(NAME));
        if (!start || !APPLICATION.test(html)) throw new Error("index.html has no script to put start.js before");
        return html.replace(
          APPLICATION,
          `<script type="module" fetchpriority="low" src="/${start.fileName}" data-application=`,
        );
      },
    },
  };
}

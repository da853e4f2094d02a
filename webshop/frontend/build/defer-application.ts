/**
 * Lets the page come before the application: the stylesheet and what the shop has drawn are a tenth
 * of the bytes. build/start.js, a few lines, stands in the page in the application's place and
 * fetches it when the line is free.
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

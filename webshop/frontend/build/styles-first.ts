/**
 * Lets the stylesheet come before the scripts: with it the browser can draw what index.html shows
 * already, while the scripts, of which there are ten times as many bytes, are still on the way.
 */
import type { Plugin } from "vite";

const SCRIPTS = /<(?:script type="module"|link rel="modulepreload")/g;

export function stylesFirst(): Plugin {
  return {
    name: "styles-first",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html) => html.replace(SCRIPTS, (tag) => `${tag} fetchpriority="low"`),
    },
  };
}

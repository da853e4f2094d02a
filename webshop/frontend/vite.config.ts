import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { apiReference } from "./build/api-reference.ts";
import { mantineThemeCss } from "./build/mantine-theme-css.ts";
import { deferApplication } from "./build/defer-application.ts";
import { precompress } from "./build/precompress.ts";
import { scopedName } from "./build/scoped-name.ts";
import { theme } from "./src/app/theme.ts";

const SHOP_PORT = 18000 + Number(process.env.SHOPNOW_PORT_OFFSET ?? 0);
const shopUrl = process.env.SHOPNOW_SHOP_URL ?? `http://127.0.0.1:${SHOP_PORT}`;

export default defineConfig({
  plugins: [react(), mantineThemeCss(theme), deferApplication(), apiReference(), precompress()],
  css: { modules: { generateScopedName: scopedName() } },
  build: {
    // The CSP allows no data: URIs for fonts or scripts, so every asset stays a file.
    assetsInlineLimit: 0,
    target: "es2022",
    // What the first page needs comes as one file: over HTTP/1.1 each further one waits its turn.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "first", tags: ["$initial"] }] } } },
  },
  server: { host: "127.0.0.1", proxy: { "/api": shopUrl } },
  preview: { host: "127.0.0.1", proxy: { "/api": shopUrl } },
});

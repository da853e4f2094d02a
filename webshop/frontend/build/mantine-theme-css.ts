/**
 * Writes the theme's CSS variables into the built stylesheet.
 *
 * Mantine would otherwise inject them at run time in a <style> element, which the shop's
 * Content-Security-Policy (`style-src 'self'`) refuses. Import `virtual:mantine-theme.css`.
 */
import {
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
  type MantineThemeOverride,
} from "@mantine/core";
import type { Plugin } from "vite";

const PUBLIC_ID = "virtual:mantine-theme.css";
// Vite treats a module as a stylesheet by its extension, so the resolved id must look like a file.
const RESOLVED_ID = "/__mantine-theme.css";

export function mantineThemeCss(theme: MantineThemeOverride): Plugin {
  return {
    name: "mantine-theme-css",
    resolveId: (id) => (id === PUBLIC_ID ? RESOLVED_ID : undefined),
    load(id) {
      if (id !== RESOLVED_ID) return undefined;
      const variables = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme));
      // The shop has a light scheme only.
      return convertCssVariables({ ...variables, dark: {} }, ":root");
    },
  };
}

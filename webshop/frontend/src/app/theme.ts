import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** Fir green: actions and the brand. Shade 7 on white has a contrast of 8:1. */
const fir: MantineColorsTuple = [
  "#eef5f2", "#dce9e4", "#b6d3c8", "#8dbcab", "#63a18d",
  "#3f8872", "#256f5a", "#175a48", "#0f4a3b", "#08362b",
];

/** Mirabelle: the plus sign, and stock that runs low. Text on shade 0 uses shade 8. */
const mirabelle: MantineColorsTuple = [
  "#fff7e3", "#feedc4", "#fbdc8f", "#f7ca60", "#f3b73b",
  "#dd9d1b", "#b57c0c", "#8f6006", "#6f4a05", "#513604",
];

/** Garnet: errors and what is sold out. */
const garnet: MantineColorsTuple = [
  "#fcf0f2", "#f7dde2", "#ecb6c0", "#df8c9c", "#cf637a",
  "#bd4260", "#a82a4a", "#8f1d3c", "#751730", "#5a1024",
];

/** Slate with a little green in it: texts, lines, grounds. */
const gray: MantineColorsTuple = [
  "#f6f8f7", "#eef1f0", "#e1e6e4", "#ccd4d1", "#a9b4b0",
  "#7f8d88", "#5b6a65", "#44524d", "#2e3a36", "#17211e",
];

export const theme = createTheme({
  colors: { fir, mirabelle, garnet, gray },
  primaryColor: "fir",
  primaryShade: 7,
  black: "#17211e",
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Bricolage Grotesque Variable', 'Inter Variable', sans-serif", fontWeight: "650" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
});

import "@mantine/core/styles.layer.css";
import "virtual:mantine-theme.css";
import { MantineProvider } from "@mantine/core";
import { createRoot } from "react-dom/client";
import { theme } from "./app/theme";

createRoot(document.getElementById("root") as HTMLElement).render(
  <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false}>
    <p>ShopNow+</p>
  </MantineProvider>,
);

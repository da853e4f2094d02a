import "./app/styles";
import "./i18n";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { z } from "zod";

import { App } from "./app/App";

// zod would compile validators with `new Function`, which the shop's CSP refuses and reports.
z.config({ jitless: true });

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element with the id 'root'");

createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

import { z } from "zod";

// zod would compile validators with `new Function`, which the shop's CSP refuses and reports.
z.config({ jitless: true });

export { z };
